using TypedTasks.Conformance.Engine;

namespace TypedTasks.Nats.Tests;

public sealed class PublishingOnFloor : Publishing<NatsFloor>;

public sealed class CapacityOnFloor : Capacity<NatsFloor>;

public sealed class ConsumingOnFloor : Consuming<NatsFloor>;

public sealed class LeasesOnFloor : Leases<NatsFloor>;

public sealed class SettlingOnFloor : Settling<NatsFloor>;

public sealed class DelaysOnFloor : Delays<NatsFloor>;

public sealed class DeadLettersOnFloor : DeadLetters<NatsFloor>;

public sealed class OutcomesOnFloor : Outcomes<NatsFloor>;

public sealed class StateOnFloor : State<NatsFloor>;

public sealed class BroadcastingOnFloor : Broadcasting<NatsFloor>;

public sealed class AdministrationOnFloor : Administration<NatsFloor>;

public sealed class StoppingOnFloor : Stopping<NatsFloor>;

public sealed class PublishingOnNewest : Publishing<NatsNewest>;

public sealed class CapacityOnNewest : Capacity<NatsNewest>;

public sealed class ConsumingOnNewest : Consuming<NatsNewest>;

public sealed class LeasesOnNewest : Leases<NatsNewest>;

public sealed class SettlingOnNewest : Settling<NatsNewest>;

public sealed class DelaysOnNewest : Delays<NatsNewest>;

public sealed class DeadLettersOnNewest : DeadLetters<NatsNewest>;

public sealed class OutcomesOnNewest : Outcomes<NatsNewest>;

public sealed class StateOnNewest : State<NatsNewest>;

public sealed class BroadcastingOnNewest : Broadcasting<NatsNewest>;

public sealed class AdministrationOnNewest : Administration<NatsNewest>;

public sealed class StoppingOnNewest : Stopping<NatsNewest>;

public sealed class PublishingOfChosenIds : Publishing<NatsChosenIds>;

public sealed class CapacityOfChosenIds : Capacity<NatsChosenIds>;

public sealed class LeasesOfChosenIds : Leases<NatsChosenIds>;

public sealed class SettlingOfChosenIds : Settling<NatsChosenIds>;

public sealed class DelaysOfChosenIds : Delays<NatsChosenIds>;

public sealed class DeadLettersOfChosenIds : DeadLetters<NatsChosenIds>;

public sealed class OutcomesOfChosenIds : Outcomes<NatsChosenIds>;

public sealed class AdministrationOfChosenIds : Administration<NatsChosenIds>;
