        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("books", "close-day", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 0,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            Schedule = global::TypedTasks.TaskSchedule.Cron("0 5 * * MON-FRI", "Europe/Lisbon") with { Missed = global::TypedTasks.MissedRuns.Each },
            Parameters = ["region"],
        };

        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("books", "sum-up", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 1,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            Schedule = global::TypedTasks.TaskSchedule.Cron("@hourly"),
            Parameters = [],
        };

        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("feeds", "refresh", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 0,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            HasResult = true,
            Schedule = global::TypedTasks.TaskSchedule.Every(new global::System.TimeSpan(900_000_000L)) with { Missed = global::TypedTasks.MissedRuns.Skip, SkipWhileRunning = true }, // 1.5m
            Parameters = ["atMost"],
        };

        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("feeds", "poll", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 1,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            Schedule = global::TypedTasks.TaskSchedule.Cron("*/10 * * * * *") with { SkipWhileRunning = true },
            Parameters = [],
        };

        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("books", "close-day", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 2,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            Schedule = global::TypedTasks.TaskSchedule.Cron("0 5 * * MON-FRI", "Europe/Lisbon") with { Missed = global::TypedTasks.MissedRuns.Each },
            Parameters = ["region"],
        };

        private static readonly global::TypedTasks.TaskDescriptor Descriptor = new("books", "sum-up", global::TypedTasks.QueueDescriptor.Default)
        {
            Index = 3,
            MaxAttempts = 5,
            Backoff = new(new global::System.TimeSpan(10_000_000L), new global::System.TimeSpan(3_000_000_000L)), // 1s..5m
            TimeLimit = new global::System.TimeSpan(18_000_000_000L), // 30m
            KeepOutcome = new global::System.TimeSpan(36_000_000_000L), // 1h
            Schedule = global::TypedTasks.TaskSchedule.Cron("@hourly"),
            Parameters = [],
        };
