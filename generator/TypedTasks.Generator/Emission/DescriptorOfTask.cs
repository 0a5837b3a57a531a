using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The static descriptor in a struct of arguments: what the contract's attributes say, read and checked at compile time.</summary>
internal static class DescriptorOfTask
{
    public static void Emit(SourceWriter writer, TaskModel task, ContractNames names)
    {
        TaskOptionsModel options = task.Options;
        string constructor = $"new({Literals.Text(task.ContractWireName)}, {Literals.Text(task.WireName)}, {names.QueueOf(task)})";
        writer.Write($"private static readonly {ContractNames.Runtime}TaskDescriptor Descriptor = {constructor}");
        using (writer.Braces("", ";"))
        {
            Set(writer, "Index", Literals.Number(names.IndexOf(task)));
            Set(writer, "MaxAttempts", Literals.Number(options.MaxAttempts));
            Set(writer, "Backoff", $"new({Span(options.BackoffLeast)}, {Span(options.BackoffMost)})", Range(options));
            Set(writer, "TimeLimit", options.TimeLimit is { } limit ? Span(limit) : "null", options.TimeLimit?.Text ?? "none");
            if (options.Expires is { } expires)
            {
                Set(writer, "Expires", Span(expires), expires.Text);
            }

            Set(writer, "KeepOutcome", Span(options.KeepOutcome), options.KeepOutcome.Text);
            EmitIdempotency(writer, options);
            if (options.IsDedicated)
            {
                Set(writer, "Execution", $"{ContractNames.Runtime}TaskExecution.Dedicated");
            }

            if (task.Result is not null)
            {
                Set(writer, "HasResult", "true");
            }

            if (options.Schedule is { } schedule)
            {
                Set(writer, "Schedule", When(schedule), schedule.Cron is null ? schedule.Every.Text : null);
            }

            Set(writer, "Parameters", $"[{string.Join(", ", task.Arguments.Select(argument => Literals.Text(argument.Name)))}]");
            if (options.RetryOn.Count + options.DoNotRetryOn.Count > 0)
            {
                Set(writer, "IsTransient", $"static failure => {Transient(options)}");
            }
        }
    }

    private static void EmitIdempotency(SourceWriter writer, TaskOptionsModel options)
    {
        if (options.IsIdempotent)
        {
            Set(writer, "Idempotency", $"{ContractNames.Runtime}TaskIdempotency.{(options.KeyTemplate is null ? "Declared" : "Keyed")}");
        }

        if (options.KeyTemplate is { } template)
        {
            Set(writer, "KeyTemplate", Literals.Text(template));
            Set(writer, "IdempotencyWindow", Span(options.IdempotencyWindow), options.IdempotencyWindow.Text);
        }

        if (options.AtMostOnce)
        {
            Set(writer, "AtMostOnce", "true");
        }
    }

    private static string When(ScheduleModel schedule)
    {
        string zone = schedule.TimeZone == ScheduleModel.Utc ? "" : $", {Literals.Text(schedule.TimeZone)}";
        string times = schedule.Cron is { } cron ? $"Cron({Literals.Text(cron)}{zone})" : $"Every({Span(schedule.Every)})";
        List<string> policies = [];
        if (schedule.Missed is { } missed)
        {
            policies.Add($"Missed = {ContractNames.Runtime}MissedRuns.{missed}");
        }

        if (schedule.SkipWhileRunning)
        {
            policies.Add("SkipWhileRunning = true");
        }

        return $"{ContractNames.Runtime}TaskSchedule.{times}{(policies.Count == 0 ? "" : $" with {{ {string.Join(", ", policies)} }}")}";
    }

    // DoNotRetryOn is the stronger: it is asked first.
    private static string Transient(TaskOptionsModel options)
    {
        string never = $"!({AnyOf(options.DoNotRetryOn)})";
        string only = AnyOf(options.RetryOn);
        return options.DoNotRetryOn.Count == 0 ? only
            : options.RetryOn.Count == 0 ? never
            : $"{never} && ({only})";
    }

    private static string AnyOf(EquatableArray<string> types) => string.Join(" || ", types.Select(type => $"failure is {type}"));

    private static void Set(SourceWriter writer, string property, string value, string? comment = null) =>
        writer.Write($"{property} = {value},{(comment is null ? "" : $" // {ArgumentsEmitter.OneLine(comment)}")}");

    private static string Range(TaskOptionsModel options) => options.BackoffLeast.Text == options.BackoffMost.Text
        ? options.BackoffLeast.Text
        : $"{options.BackoffLeast.Text}..{options.BackoffMost.Text}";

    private static string Span(Duration duration) =>
        duration.Ticks == 0 ? "global::System.TimeSpan.Zero" : $"new global::System.TimeSpan({Literals.Ticks(duration.Ticks)})";
}
