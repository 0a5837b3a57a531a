using TypedTasks.Conformance.Worker;

namespace TypedTasks.Nats.Tests;

public sealed class ResultsOnFloor : Results<NatsFloor>;

public sealed class RetriesOnFloor : Retries<NatsFloor>;

public sealed class TimeLimitsOnFloor : TimeLimits<NatsFloor>;

public sealed class HandlingOnFloor : Handling<NatsFloor>;

public sealed class DeadLetteringOnFloor : DeadLettering<NatsFloor>;

public sealed class IdempotencyOnFloor : Idempotency<NatsFloor>;

public sealed class EffectsOnFloor : Effects<NatsFloor>;

public sealed class AtMostOnceOnFloor : AtMostOnce<NatsFloor>;

public sealed class ReportingOnFloor : Reporting<NatsFloor>;

public sealed class LargeResultsOnFloor : LargeResults<NatsFloor>;

public sealed class RefusedResultsOnFloor : RefusedResults<NatsFloor>;

public sealed class CancellingOnFloor : Cancelling<NatsFloor>;

public sealed class TimingOnFloor : Timing<NatsFloor>;

public sealed class SchedulingOnFloor : Scheduling<NatsFloor>;

public sealed class DrainingOnFloor : Draining<NatsFloor>;

public sealed class LeasingOnFloor : Leasing<NatsFloor>;

public sealed class SettlingDutyOnFloor : SettlingDuty<NatsFloor>;

public sealed class EnqueueingOnFloor : Enqueueing<NatsFloor>;

public sealed class OperatingOnFloor : Operating<NatsFloor>;

public sealed class ResultsOnNewest : Results<NatsNewest>;

public sealed class RetriesOnNewest : Retries<NatsNewest>;

public sealed class TimeLimitsOnNewest : TimeLimits<NatsNewest>;

public sealed class HandlingOnNewest : Handling<NatsNewest>;

public sealed class DeadLetteringOnNewest : DeadLettering<NatsNewest>;

public sealed class IdempotencyOnNewest : Idempotency<NatsNewest>;

public sealed class EffectsOnNewest : Effects<NatsNewest>;

public sealed class AtMostOnceOnNewest : AtMostOnce<NatsNewest>;

public sealed class ReportingOnNewest : Reporting<NatsNewest>;

public sealed class LargeResultsOnNewest : LargeResults<NatsNewest>;

public sealed class RefusedResultsOnNewest : RefusedResults<NatsNewest>;

public sealed class CancellingOnNewest : Cancelling<NatsNewest>;

public sealed class TimingOnNewest : Timing<NatsNewest>;

public sealed class SchedulingOnNewest : Scheduling<NatsNewest>;

public sealed class DrainingOnNewest : Draining<NatsNewest>;

public sealed class LeasingOnNewest : Leasing<NatsNewest>;

public sealed class SettlingDutyOnNewest : SettlingDuty<NatsNewest>;

public sealed class EnqueueingOnNewest : Enqueueing<NatsNewest>;

public sealed class OperatingOnNewest : Operating<NatsNewest>;

public sealed class ChainingOnFloor : Chaining<NatsFloor>;

public sealed class JoiningOnFloor : Joining<NatsFloor>;

public sealed class BreakingOnFloor : Breaking<NatsFloor>;

public sealed class ChainingOnNewest : Chaining<NatsNewest>;

public sealed class JoiningOnNewest : Joining<NatsNewest>;

public sealed class BreakingOnNewest : Breaking<NatsNewest>;
