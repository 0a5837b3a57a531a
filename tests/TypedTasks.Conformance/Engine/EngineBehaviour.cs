using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>
/// The ground on which behaviours stand: an engine, a lane of the test's own, and the steps a test is told in. A task's envelope is its label, so a test reads as what was published and what came.
/// </summary>
public abstract class EngineBehaviour<TEngine> : IAsyncLifetime
    where TEngine : EngineUnderTest, new()
{
    /// <summary>No step of a healthy engine takes as long as this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskId> _ids = new();
    private readonly ConcurrentDictionary<string, bool> _published = new();

    protected TEngine Subject { get; } = new();

    protected ITaskEngine Engine { get; private set; } = null!;

    /// <summary>A lane that no other test uses.</summary>
    protected Lane Lane { get; } = NewLane();

    protected virtual EngineSetup Setup => new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Engine = await Subject.CreateAsync(Setup);
        await Engine.StartAsync([Lane], Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Lane NewLane() => new($"q{Guid.NewGuid():N}", "conformance");

    /// <summary>A step that ends, or the test fails.</summary>
    protected static Task<T> Soon<T>(ValueTask<T> step) => step.AsTask().WaitAsync(Patience, Cancellation);

    protected static Task Soon(ValueTask step) => step.AsTask().WaitAsync(Patience, Cancellation);

    protected static Task<T> Soon<T>(Task<T> step) => step.WaitAsync(Patience, Cancellation);

    protected static Task Soon(Task step) => step.WaitAsync(Patience, Cancellation);

    /// <summary>The id of the task of this label.</summary>
    protected TaskId IdOf(string label) => _ids.GetOrAdd(label, static _ => TaskId.New());

    protected static string LabelOf(Delivery delivery) => Encoding.UTF8.GetString(delivery.Envelope.Span);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Publishes the task of a label; the first time under an id that was made for it, unless the subject's callers choose their ids.</summary>
    protected ValueTask<PublishStatus> TryPublishAsync(string label, DateTimeOffset notBefore = default, Lane? lane = null)
    {
        bool isFresh = _published.TryAdd(label, true) && !Subject.CallersChooseIds;
        return Engine.PublishAsync(new TaskAddress(lane ?? Lane, IdOf(label), notBefore) { IsFresh = isFresh }, new RawEnvelope(Bytes(label)), Cancellation);
    }

    /// <summary>The id of the label's task is its callers' own, whatever is usual for the subject: several may publish it.</summary>
    protected void ChooseIdOf(string label) => _published.TryAdd(label, true);

    protected async Task PublishAsync(params string[] labels)
    {
        foreach (string label in labels)
        {
            Assert.Equal(PublishStatus.Accepted, await Soon(TryPublishAsync(label)));
        }
    }

    protected ValueTask<ILaneConsumer> ConsumeAsync(int prefetch = 0, Lane? lane = null) =>
        Engine.ConsumeAsync(lane ?? Lane, new LaneConsumerOptions { Lease = Subject.Lease, Prefetch = prefetch, Worker = "conformance" }, Cancellation);

    /// <summary>Receives exactly so many, in as many calls as it takes.</summary>
    protected static async Task<List<Delivery>> ReceiveAsync(ILaneConsumer consumer, int count)
    {
        List<Delivery> received = [];
        while (received.Count < count)
        {
            Delivery[] room = new Delivery[count - received.Count];
            int taken = await Soon(consumer.ReceiveAsync(room, Cancellation));
            Assert.InRange(taken, 1, room.Length);
            received.AddRange(room.AsSpan(0, taken));
        }

        return received;
    }

    protected static async Task<Delivery> ReceiveAsync(ILaneConsumer consumer) => (await ReceiveAsync(consumer, 1))[0];

    /// <summary>There is nothing to be received.</summary>
    protected async Task ReceiveNothingAsync(ILaneConsumer consumer)
    {
        using CancellationTokenSource gaveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Delivery[] room = new Delivery[1];
        Task<int> receiving = consumer.ReceiveAsync(room, gaveUp.Token).AsTask();
        await Subject.QuietAsync();
        Assert.False(receiving.IsCompleted, $"Received {(receiving.IsCompletedSuccessfully && receiving.Result > 0 ? LabelOf(room[0]) : "something")}, where nothing was to come.");
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(receiving));
    }

    protected static async Task<SettleStatus[]> SettleAllAsync(ILaneConsumer consumer, params Settlement[] settlements)
    {
        SettleStatus[] statuses = new SettleStatus[settlements.Length];
        await Soon(consumer.SettleAsync(settlements, statuses, Cancellation));
        return statuses;
    }

    protected static async Task<SettleStatus> SettleAsync(ILaneConsumer consumer, Settlement settlement) => (await SettleAllAsync(consumer, settlement))[0];

    protected static async Task<SettleStatus> RenewAsync(ILaneConsumer consumer, Delivery delivery)
    {
        SettleStatus[] statuses = new SettleStatus[1];
        await Soon(consumer.RenewAsync(new[] { delivery }, statuses, Cancellation));
        return statuses[0];
    }

    protected Settlement Complete(Delivery delivery, string outcome = "done", TimeSpan? keep = null) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.Complete,
        Id = IdOf(LabelOf(delivery)),
        State = TaskState.Succeeded,
        Outcome = Bytes(outcome),
        KeepOutcome = keep ?? TimeSpan.FromMinutes(10),
    };

    protected Settlement Retry(Delivery delivery, TimeSpan delay = default, bool uncounted = false) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.Retry,
        Id = IdOf(LabelOf(delivery)),
        Delay = delay,
        Uncounted = uncounted,
    };

    protected Settlement Release(Delivery delivery) => new() { Delivery = delivery, Kind = SettlementKind.Release, Id = IdOf(LabelOf(delivery)) };

    protected Settlement DeadLetter(Delivery delivery, string outcome = "dead") => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.DeadLetter,
        Id = IdOf(LabelOf(delivery)),
        State = TaskState.DeadLettered,
        Outcome = Bytes(outcome),
        KeepOutcome = TimeSpan.FromMinutes(10),
        Note = new DeadLetterNote(DeadLetterReason.AttemptsExhausted, Subject.Time.GetUtcNow(), delivery.Attempt, new TaskFailure("System.TimeoutException", "Too slow.", null)),
    };

    protected Task<TaskStatusReport> StatusAsync(string label) => Soon(Engine.Outcomes.GetAsync(IdOf(label), Cancellation));

    protected async Task<TaskState> StateAsync(string label) => (await StatusAsync(label)).State;

    protected Task<LaneStatistics> StatisticsAsync() => Soon(Engine.Administration.GetStatisticsAsync(Lane, Cancellation));

    protected async Task<List<StoredDeadLetter>> DeadLettersAsync()
    {
        List<StoredDeadLetter> letters = [];
        await foreach (StoredDeadLetter letter in Engine.Administration.ListDeadLettersAsync(Lane, Cancellation))
        {
            letters.Add(letter);
        }

        return letters;
    }

    /// <summary>Lets a lease end, and the engine notice it.</summary>
    protected ValueTask LeaseEndsAsync() => Subject.AdvanceAsync(Subject.Lease + Subject.Lateness);

    /// <summary>An envelope of given bytes.</summary>
    protected readonly struct RawEnvelope(byte[] bytes) : IEnvelopeSource
    {
        public void WriteTo(IBufferWriter<byte> destination) => destination.Write(bytes);
    }
}
