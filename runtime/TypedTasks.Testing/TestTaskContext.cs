using TypedTasks.MessagePack;

namespace TypedTasks.Testing;

/// <summary>A context to call a handler with in a unit test: it says what the test sets, and remembers what the handler reported and ran once.</summary>
/// <remarks>
/// Values pass through their codecs as they would on the wire, so a type that has none fails here as it would in a worker. For a handler that is run by a worker,
/// with its retries and limits, see <see cref="TaskTestHost"/>.
/// </remarks>
/// <example>
/// <code>
/// using var context = new TestTaskContext(attempt: 2, headers: new Dictionary&lt;string, string&gt; { ["tenant"] = "acme" });
/// await new InvoiceWorker(store).GenerateAsync(orderId, 129.90m, context);
///
/// Assert.Equal([25, 50, 100], context.Reports&lt;int&gt;());
/// Assert.Equal(["charge"], context.RecordedEffects);
/// await new InvoiceWorker(store).GenerateAsync(orderId, 129.90m, context.NextAttempt());   // "charge" is not run again
/// </code>
/// </example>
public sealed class TestTaskContext : TaskContext, IDisposable
{
    private static readonly TaskDescriptor SomeTask = new("test", "task", QueueDescriptor.Default);
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly Dictionary<string, byte[]> _effects;
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly List<byte[]> _reports = [];
    private readonly Lock _gate = new();

    /// <summary>A context of one attempt.</summary>
    /// <param name="task">What the contract says of the task, such as <c>InvoicesTasks.GenerateArguments.Task</c>; any task when null.</param>
    /// <param name="id">The task's id; a new one when empty.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <param name="enqueuedAt">When it was enqueued; now when null.</param>
    /// <param name="headers">The headers that the caller sent along.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="fence">The fence; the attempt's number when null.</param>
    /// <param name="occurrence">The occurrence of a schedule that the task was enqueued for.</param>
    public TestTaskContext(
        TaskDescriptor? task = null,
        TaskId id = default,
        int attempt = 1,
        DateTimeOffset? enqueuedAt = null,
        IReadOnlyDictionary<string, string>? headers = null,
        string? key = null,
        long? fence = null,
        DateTimeOffset? occurrence = null)
        : this(task ?? SomeTask, id.IsEmpty ? TaskId.New() : id, attempt, enqueuedAt ?? DateTimeOffset.UtcNow, headers ?? NoHeaders, key, fence ?? attempt, new Dictionary<string, byte[]>(StringComparer.Ordinal), occurrence)
    {
    }

    private TestTaskContext(
        TaskDescriptor task,
        TaskId id,
        int attempt,
        DateTimeOffset enqueuedAt,
        IReadOnlyDictionary<string, string> headers,
        string? key,
        long fence,
        Dictionary<string, byte[]> effects,
        DateTimeOffset? occurrence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        Task = task;
        Id = id;
        Attempt = attempt;
        EnqueuedAt = enqueuedAt;
        Headers = headers;
        Key = key;
        Fence = fence;
        _effects = effects;
        Occurrence = occurrence;
    }

    /// <inheritdoc/>
    public override TaskId Id { get; }

    /// <inheritdoc/>
    public override TaskDescriptor Task { get; }

    /// <inheritdoc/>
    public override int Attempt { get; }

    /// <inheritdoc/>
    public override DateTimeOffset EnqueuedAt { get; }

    /// <inheritdoc/>
    public override DateTimeOffset? Occurrence { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Headers { get; }

    /// <inheritdoc/>
    public override string? Key { get; }

    /// <inheritdoc/>
    public override long Fence { get; }

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Whether this attempt has lost its lease: what it wants recorded then fails with <see cref="LeaseLostException"/>.</summary>
    public bool HasLostLease { get; private set; }

    /// <summary>The keys of the effects that are recorded, those of earlier attempts included.</summary>
    public IReadOnlyCollection<string> RecordedEffects
    {
        get
        {
            lock (_gate)
            {
                return [.. _effects.Keys];
            }
        }
    }

    /// <summary>What the handler reported in this attempt, in order.</summary>
    /// <typeparam name="T">The type that it reports.</typeparam>
    public IReadOnlyList<T> Reports<T>()
    {
        lock (_gate)
        {
            return [.. _reports.Select(report => PayloadCodecs.FromBytes<T>(report))];
        }
    }

    /// <summary>Fires the handler's token, as a time limit or a cancellation does.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Takes the lease away: the token fires, and nothing that this attempt does is recorded any more.</summary>
    public void LoseLease()
    {
        HasLostLease = true;
        _cancellation.Cancel();
    }

    /// <summary>The context of the same task's next attempt: the effects that were recorded stay recorded.</summary>
    public TestTaskContext NextAttempt() => new(Task, Id, Attempt + 1, EnqueuedAt, Headers, Key, Fence + 1, _effects, Occurrence);

    /// <inheritdoc/>
    public override async ValueTask<T> OnceAsync<T>(string key, Func<CancellationToken, ValueTask<T>> effect)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(effect);
        PayloadCodecs.Require<T>();
        CancellationToken.ThrowIfCancellationRequested();
        if (Begin(key) is { } recorded)
        {
            return PayloadCodecs.FromBytes<T>(recorded);
        }

        byte[]? record = null;
        try
        {
            T returned = await effect(CancellationToken).ConfigureAwait(false);
            ThrowIfLeaseLost();
            record = PayloadCodecs.ToBytes(returned);
            return returned;
        }
        finally
        {
            End(key, record);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask OnceAsync(string key, Func<CancellationToken, ValueTask> effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        await OnceAsync(key, async token =>
        {
            await effect(token).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask ReportAsync<T>(T progress)
    {
        byte[] report = PayloadCodecs.ToBytes(progress);
        ThrowIfLeaseLost();
        CancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _reports.Add(report);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Lets go of the token.</summary>
    public void Dispose() => _cancellation.Dispose();

    // What was recorded of the effect; null when it is the caller's to run.
    private byte[]? Begin(string key)
    {
        lock (_gate)
        {
            return _effects.TryGetValue(key, out byte[]? recorded) ? recorded
                : _running.Add(key) ? null
                : throw new InvalidOperationException($"The effect '{key}' is running already in this attempt. Give each effect of a task a key of its own.");
        }
    }

    private void End(string key, byte[]? record)
    {
        lock (_gate)
        {
            _running.Remove(key);
            if (record is not null)
            {
                _effects[key] = record;
            }
        }
    }

    private void ThrowIfLeaseLost()
    {
        if (HasLostLease)
        {
            throw new LeaseLostException();
        }
    }
}
