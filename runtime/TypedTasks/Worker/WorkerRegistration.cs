using TypedTasks.Calls;
using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>A worker that was registered: its contract, its options, and how to make its dispatcher. One a call of <c>AddWorker</c>.</summary>
internal sealed record WorkerRegistration(
    ContractDescriptor Contract,
    WorkerOptions Options,
    Type HandlerType,
    Func<IServiceProvider, TaskDispatcher> CreateDispatcher)
{
    /// <summary>Whether each attempt gets a handler of its own, in a scope of its own.</summary>
    internal bool IsScoped { get; init; }

    /// <summary>The lanes that the worker takes: one for each queue and declaring contract of its tasks.</summary>
    internal IEnumerable<(Lane Lane, QueueDescriptor Queue)> Lanes =>
        Contract.Tasks.GroupBy(task => task.Lane).Select(lane => (lane.Key, lane.First().Queue));
}

/// <summary>A client that was registered. One a call of <c>AddClient</c>.</summary>
internal sealed record ClientRegistration(ContractDescriptor Contract);

/// <summary>An engine that was registered, by name.</summary>
internal sealed record EngineRegistration(string Name, Func<IServiceProvider, ITaskEngine> Create);

/// <summary>Says that the host starts while its broker cannot be reached. Registered by <c>StartWithoutBroker()</c>.</summary>
internal sealed class MayStartWithoutBroker;
