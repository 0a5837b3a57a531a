using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.Idempotency;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>The context of one attempt, made when its handler takes one.</summary>
/// <remarks>
/// A run and its delivery serve other tasks afterwards, and a handler may keep its context, or be given up while it runs on. So the context is no part of them: what it says
/// is copied, and when the attempt has ended it records nothing more.
/// </remarks>
internal sealed class RunContext : TaskContext
{
    // Progress is of interest while the task runs, and for a while to whoever looks late.
    private static readonly TimeSpan KeepProgress = TimeSpan.FromHours(1);

    private readonly ITaskEngine _engine;
    private readonly TimeProvider _time;
    private readonly long _enqueuedAt;
    private readonly long _occurrence;
    private readonly byte[] _encodedHeaders;
    private IReadOnlyDictionary<string, string>? _headers;
    private EffectScope? _effects;
    private volatile bool _hasEnded;

    internal RunContext(TaskRun run, ITaskEngine engine, TimeProvider time)
    {
        _engine = engine;
        _time = time;
        ref readonly EnvelopeView envelope = ref run.Envelope;
        Id = envelope.Id;
        Task = run.Task;
        Attempt = run.Attempt;
        Fence = run.Held.Delivery.Fence;
        CancellationToken = run.CancellationToken;
        _enqueuedAt = envelope.EnqueuedAt;
        _occurrence = envelope.Occurrence;
        Key = envelope.Key.IsEmpty ? null : Encoding.UTF8.GetString(envelope.Key);
        _encodedHeaders = envelope.Headers.ToArray();
    }

    public override TaskId Id { get; }

    public override TaskDescriptor Task { get; }

    public override int Attempt { get; }

    public override DateTimeOffset EnqueuedAt => DateTimeOffset.FromUnixTimeMilliseconds(_enqueuedAt);

    public override DateTimeOffset? Occurrence => _occurrence == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_occurrence);

    public override IReadOnlyDictionary<string, string> Headers => _headers ??= EnvelopeHeaders.Read(_encodedHeaders);

    public override string? Key { get; }

    public override long Fence { get; }

    public override CancellationToken CancellationToken { get; }

    public override async ValueTask<T> OnceAsync<T>(string key, Func<CancellationToken, ValueTask<T>> effect) =>
        await Effects().RunAsync(key, effect, CancellationToken).ConfigureAwait(false);

    public override async ValueTask OnceAsync(string key, Func<CancellationToken, ValueTask> effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        await Effects().RunAsync(
            key,
            async token =>
            {
                await effect(token).ConfigureAwait(false);
                return true;
            },
            CancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask ReportAsync<T>(T progress)
    {
        ThrowIfEnded();
        var record = new ProgressRecord(Fence, Attempt, _time.GetUtcNow().ToUnixTimeMilliseconds(), PayloadCodecs.ToBytes(progress));
        await record.StoreAsync(_engine.State, Id, KeepProgress, CancellationToken).ConfigureAwait(false);
        await _engine.Broadcast.PublishAsync(ProgressRecord.ChannelOf(Id), ReadOnlyMemory<byte>.Empty, CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The attempt has ended.</summary>
    internal void End() => _hasEnded = true;

    private EffectScope Effects()
    {
        ThrowIfEnded();
        return LazyInitializer.EnsureInitialized(ref _effects, () => new EffectScope(_engine.State, Id, Fence, Task.IdempotencyWindow, _engine.Limits.MaxOutcomeLength));
    }

    private void ThrowIfEnded()
    {
        if (_hasEnded)
        {
            throw new LeaseLostException($"The attempt {Attempt} of the task {Id} has ended, and nothing of it is recorded any more. Await what the handler does before it returns.");
        }
    }
}
