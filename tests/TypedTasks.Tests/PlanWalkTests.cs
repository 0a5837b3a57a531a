using TypedTasks.Canvases;
using TypedTasks.Engine;

namespace TypedTasks.Tests;

/// <summary>Who waits for a canvas is led by what the engine knows of its steps, also where that is not what it was a moment ago.</summary>
public sealed class PlanWalkTests
{
    private static readonly PlanStep First = new(TaskId.New(), "t.first");
    private static readonly PlanStep OneMember = new(TaskId.New(), "t.member");
    private static readonly PlanStep OtherMember = new(TaskId.New(), "t.member");
    private static readonly PlanStep Join = new(TaskId.New(), "t.join");
    private static readonly PlanGroup Group = new(TaskId.New(), JoinOn.AllEnded, [new CanvasPlan([OneMember]), new CanvasPlan([OtherMember])]);
    private static readonly CanvasPlan Plan = new([First, Group, Join]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_was_given_up_while_it_began_a_group_has_failed()
    {
        var engine = new Standing { Enqueued = [First, OneMember] };
        engine.End(First, TaskState.Failed);
        engine.End(OneMember, TaskState.Succeeded);

        PlanEnd end = await PlanWalk.WaitAsync(engine, Plan, Cancellation);
        PlanEnd now = await PlanWalk.LookAsync(engine, Plan, Cancellation);

        Assert.Equal((TaskState.Failed, First), (end.State, end.Step));
        Assert.Equal((TaskState.Failed, First), (now.State, now.Step));
    }

    [Fact]
    public async Task A_step_that_was_given_up_when_what_follows_it_was_enqueued_does_not_end_the_wait()
    {
        var engine = new Standing { Enqueued = [First] };
        Task<PlanEnd> waiting = PlanWalk.WaitAsync(engine, new CanvasPlan([First, Join]), Cancellation).AsTask();
        engine.End(Join, TaskState.Succeeded);
        engine.End(First, TaskState.Failed);

        PlanEnd end = await waiting;

        Assert.Equal((TaskState.Succeeded, Join), (end.State, end.Step));
    }

    [Fact]
    public async Task A_broker_that_has_forgotten_the_end_of_the_step_before_a_group_does_not_end_the_wait()
    {
        var engine = new Standing { Enqueued = [First, OneMember, OtherMember] };
        Task<PlanEnd> waiting = PlanWalk.WaitAsync(engine, Plan, Cancellation).AsTask();
        engine.End(First, TaskState.Succeeded, told: TaskState.Queued);
        engine.End(OneMember, TaskState.Succeeded);
        engine.End(Join, TaskState.Succeeded);
        engine.End(OtherMember, TaskState.Failed);

        PlanEnd end = await waiting;

        Assert.Equal((TaskState.Succeeded, Join), (end.State, end.Step));
    }

    [Theory]
    [InlineData(JoinOn.AllEnded, TaskState.Succeeded)]
    [InlineData(JoinOn.AllSucceeded, TaskState.DeadLettered)]
    public async Task The_wait_for_a_group_goes_on_where_its_members_are_seen_to_end(JoinOn when, TaskState ended)
    {
        var engine = new Standing { Enqueued = [First, OneMember, OtherMember] };
        Task<PlanEnd> waiting = PlanWalk.WaitAsync(engine, new CanvasPlan([Group with { Join = when }, Join]), Cancellation).AsTask();
        engine.End(OneMember, TaskState.DeadLettered);
        if (when == JoinOn.AllEnded)
        {
            engine.End(Join, TaskState.Succeeded);
        }

        engine.End(OtherMember, TaskState.Succeeded);

        Assert.True(waiting.IsCompleted, "It went on somewhere else.");
        Assert.Equal(ended, (await waiting).State);
    }

    /// <summary>An engine that knows how steps stand, and no more.</summary>
    private sealed class Standing : ITaskEngine, IOutcomeStore, IStateStore
    {
        private readonly Dictionary<TaskId, TaskState> _told = [];
        private readonly Dictionary<TaskId, TaskCompletionSource<TaskStatusReport>> _ends = [];

        /// <summary>The steps that were enqueued.</summary>
        public required PlanStep[] Enqueued { get; init; }

        public string Name => "standing";

        public EngineLimits Limits => new(1024, 1024);

        public IOutcomeStore Outcomes => this;

        public IStateStore State => this;

        public IBroadcast Broadcast => throw new NotSupportedException();

        public IEngineAdministration Administration => throw new NotSupportedException();

        /// <summary>A step ends, and whoever asks then is told of it, or of what the engine knows after that.</summary>
        public void End(PlanStep step, TaskState state, TaskState? told = null)
        {
            _told[step.Id] = told ?? state;
            EndOf(step.Id).SetResult(new TaskStatusReport(state, default));
        }

        public ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken) =>
            new(new TaskStatusReport(_told.GetValueOrDefault(id, Enqueued.Any(step => step.Id == id) ? TaskState.Running : TaskState.Unknown), default));

        public ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken) => new(EndOf(id).Task.WaitAsync(cancellationToken));

        public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) =>
            new(key == GroupRecord.KeyOf(Group.Id) ? new StateEntry(Record(), 1) : null);

        public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
            where TEnvelope : struct, IEnvelopeSource => throw new NotSupportedException();

        public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;

        private TaskCompletionSource<TaskStatusReport> EndOf(TaskId id)
        {
            if (!_ends.TryGetValue(id, out TaskCompletionSource<TaskStatusReport>? end))
            {
                _ends.Add(id, end = new TaskCompletionSource<TaskStatusReport>());
            }

            return end;
        }

        private static byte[] Record() => GroupRecord.Begin(new SequenceGroup(Group.Id, Group.Join, PassesResults: false, [default, default]), default).ToBytes();
    }
}
