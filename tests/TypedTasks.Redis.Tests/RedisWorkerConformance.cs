using TypedTasks.Conformance.Worker;

namespace TypedTasks.Redis.Tests;

public sealed class DurableResults : Results<DurableRedis>;

public sealed class DurableRetries : Retries<DurableRedis>;

public sealed class DurableTimeLimits : TimeLimits<DurableRedis>;

public sealed class DurableHandling : Handling<DurableRedis>;

public sealed class DurableDeadLettering : DeadLettering<DurableRedis>;

public sealed class DurableIdempotency : Idempotency<DurableRedis>;

public sealed class DurableEffects : Effects<DurableRedis>;

public sealed class DurableAtMostOnce : AtMostOnce<DurableRedis>;

public sealed class DurableReporting : Reporting<DurableRedis>;

public sealed class DurableLargeResults : LargeResults<DurableRedis>;

public sealed class DurableRefusedResults : RefusedResults<DurableRedis>;

public sealed class DurableCancelling : Cancelling<DurableRedis>;

public sealed class DurableTiming : Timing<DurableRedis>;

public sealed class DurableScheduling : Scheduling<DurableRedis>;

public sealed class DurableDraining : Draining<DurableRedis>;

public sealed class DurableLeasing : Leasing<DurableRedis>;

public sealed class DurableSettlingDuty : SettlingDuty<DurableRedis>;

public sealed class DurableEnqueueing : Enqueueing<DurableRedis>;

public sealed class DurableOperating : Operating<DurableRedis>;

public sealed class ValkeyResults : Results<NewestValkey>;

public sealed class ValkeyRetries : Retries<NewestValkey>;

public sealed class ValkeyTimeLimits : TimeLimits<NewestValkey>;

public sealed class ValkeyHandling : Handling<NewestValkey>;

public sealed class ValkeyDeadLettering : DeadLettering<NewestValkey>;

public sealed class ValkeyIdempotency : Idempotency<NewestValkey>;

public sealed class ValkeyEffects : Effects<NewestValkey>;

public sealed class ValkeyAtMostOnce : AtMostOnce<NewestValkey>;

public sealed class ValkeyReporting : Reporting<NewestValkey>;

public sealed class ValkeyLargeResults : LargeResults<NewestValkey>;

public sealed class ValkeyRefusedResults : RefusedResults<NewestValkey>;

public sealed class ValkeyCancelling : Cancelling<NewestValkey>;

public sealed class ValkeyTiming : Timing<NewestValkey>;

public sealed class ValkeyScheduling : Scheduling<NewestValkey>;

public sealed class ValkeyDraining : Draining<NewestValkey>;

public sealed class ValkeyLeasing : Leasing<NewestValkey>;

public sealed class ValkeySettlingDuty : SettlingDuty<NewestValkey>;

public sealed class ValkeyEnqueueing : Enqueueing<NewestValkey>;

public sealed class ValkeyOperating : Operating<NewestValkey>;

public sealed class DurableChaining : Chaining<DurableRedis>;

public sealed class DurableJoining : Joining<DurableRedis>;

public sealed class DurableBreaking : Breaking<DurableRedis>;

public sealed class ValkeyChaining : Chaining<NewestValkey>;

public sealed class ValkeyJoining : Joining<NewestValkey>;

public sealed class ValkeyBreaking : Breaking<NewestValkey>;
