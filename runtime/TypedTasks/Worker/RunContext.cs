using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.Idempotency;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>The context of a run. Decodes what the handler asks for, when it asks.</summary>
internal sealed class RunContext(TaskRun run, ITaskEngine engine, TimeProvider time) : TaskContext
{
    // Progress is of interest while the task runs, and for a while to whoever looks late.
    private static readonly TimeSpan KeepProgress = TimeSpan.FromHours(1);

    private IReadOnlyDictionary<string, string>? _headers;
    private string? _key;
    private EffectScope? _effects;

    public override TaskId Id => run.Envelope.Id;

    public override TaskDescriptor Task => run.Task;

    public override int Attempt => run.Attempt;

    public override DateTimeOffset EnqueuedAt => DateTimeOffset.FromUnixTimeMilliseconds(run.Envelope.EnqueuedAt);

    public override IReadOnlyDictionary<string, string> Headers => _headers ??= EnvelopeHeaders.Read(run.Envelope.Headers);

    public override string? Key => _key ??= run.Envelope.Key.IsEmpty ? null : Encoding.UTF8.GetString(run.Envelope.Key);

    public override long Fence => run.Held.Delivery.Fence;

    public override CancellationToken CancellationToken => run.CancellationToken;

    public override async ValueTask<T> OnceAsync<T>(string key, Func<CancellationToken, ValueTask<T>> effect)
    {
        EffectScope scope = Effects;
        return await scope.RunAsync(key, effect, run.CancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask OnceAsync(string key, Func<CancellationToken, ValueTask> effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        await Effects.RunAsync(
            key,
            async token =>
            {
                await effect(token).ConfigureAwait(false);
                return true;
            },
            run.CancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask ReportAsync<T>(T progress)
    {
        var record = new ProgressRecord(Fence, Attempt, time.GetUtcNow().ToUnixTimeMilliseconds(), PayloadCodecs.ToBytes(progress));
        TaskId id = Id;
        await record.StoreAsync(engine.State, id, KeepProgress, run.CancellationToken).ConfigureAwait(false);
        await engine.Broadcast.PublishAsync(ProgressRecord.ChannelOf(id), ReadOnlyMemory<byte>.Empty, run.CancellationToken).ConfigureAwait(false);
    }

    internal void Begin()
    {
        _headers = null;
        _key = null;
        _effects = null;
    }

    private EffectScope Effects => _effects ??= new EffectScope(engine.State, Id, Fence, Task.IdempotencyWindow, engine.Limits.MaxOutcomeLength);
}
