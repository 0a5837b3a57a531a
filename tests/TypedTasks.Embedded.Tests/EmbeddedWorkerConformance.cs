using TypedTasks.Conformance.Worker;

namespace TypedTasks.Embedded.Tests;

public sealed class EmbeddedResults : Results<EmbeddedUnderTest>;

public sealed class EmbeddedRetries : Retries<EmbeddedUnderTest>;

public sealed class EmbeddedTimeLimits : TimeLimits<EmbeddedUnderTest>;

public sealed class EmbeddedHandling : Handling<EmbeddedUnderTest>;

public sealed class EmbeddedDeadLettering : DeadLettering<EmbeddedUnderTest>;

public sealed class EmbeddedIdempotency : Idempotency<EmbeddedUnderTest>;

public sealed class EmbeddedEffects : Effects<EmbeddedUnderTest>;

public sealed class EmbeddedAtMostOnce : AtMostOnce<EmbeddedUnderTest>;

public sealed class EmbeddedReporting : Reporting<EmbeddedUnderTest>;

public sealed class EmbeddedLargeResults : LargeResults<EmbeddedUnderTest>;

public sealed class EmbeddedRefusedResults : RefusedResults<EmbeddedUnderTest>;

public sealed class EmbeddedCancelling : Cancelling<EmbeddedUnderTest>;

public sealed class EmbeddedTiming : Timing<EmbeddedUnderTest>;

public sealed class EmbeddedScheduling : Scheduling<EmbeddedUnderTest>;

public sealed class EmbeddedDraining : Draining<EmbeddedUnderTest>;

public sealed class EmbeddedLeasing : Leasing<EmbeddedUnderTest>;

public sealed class EmbeddedSettlingDuty : SettlingDuty<EmbeddedUnderTest>;

public sealed class EmbeddedEnqueueing : Enqueueing<EmbeddedUnderTest>;

public sealed class EmbeddedOperating : Operating<EmbeddedUnderTest>;

public sealed class EmbeddedChaining : Chaining<EmbeddedUnderTest>;

public sealed class EmbeddedJoining : Joining<EmbeddedUnderTest>;

public sealed class EmbeddedBreaking : Breaking<EmbeddedUnderTest>;
