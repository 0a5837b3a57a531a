using System.Collections.Concurrent;

namespace TypedTasks.Conformance.Worker;

/// <summary>The contract that the behaviours are told with: a task for each promise that a contract can make. What a run does is said by the test, by its label.</summary>
[TaskContract("probe")]
public interface IProbe
{
    [Task(MaxAttempts = 3, Backoff = "1s..4s")]
    ValueTask<string> RunAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task]
    ValueTask<int> AddAsync(int left, int right);

    [Task]
    ValueTask NoteAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 2, Backoff = "1s", TimeLimit = "3s")]
    ValueTask<string> LimitedAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 3, Backoff = "1s", DoNotRetryOn = [typeof(ArgumentException)])]
    ValueTask<string> PickyAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 3, Backoff = "1s")]
    [Idempotent(Key = nameof(key), Window = "6h")]
    ValueTask<string> KeyedAsync(string key, string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task]
    [AtMostOnce]
    ValueTask<string> FragileAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task(Expires = "2s")]
    ValueTask<string> PerishableAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task(KeepOutcome = "none")]
    ValueTask<string> UnkeptAsync(string label, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task]
    ValueTask<byte[]> FillAsync(int length);

    [Task]
    ValueTask SwallowAsync(byte[] payload);

    [Task]
    ValueTask<int> SumAsync(int[] numbers);

    [Task]
    ValueTask<string> ConcatAsync(IReadOnlyList<string> parts, string separator, TaskContext context = null!, CancellationToken cancellationToken = default);

    [Task]
    ValueTask<int> MeasureAsync(List<byte[]> parts);
}

/// <summary>The handler: asks the stage what to do.</summary>
public sealed class ProbeHandler(Stage stage) : IProbe, IDisposable
{
    public ValueTask<string> RunAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<int> AddAsync(int left, int right) => new(left + right);

    public async ValueTask NoteAsync(string label, TaskContext context, CancellationToken cancellationToken) => await stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> LimitedAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> PickyAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> KeyedAsync(string key, string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> FragileAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> PerishableAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<string> UnkeptAsync(string label, TaskContext context, CancellationToken cancellationToken) => stage.PlayAsync(this, label, context, cancellationToken);

    public ValueTask<byte[]> FillAsync(int length) => new(new byte[length]);

    public ValueTask SwallowAsync(byte[] payload) => default;

    public ValueTask<int> SumAsync(int[] numbers) => new(numbers.Sum());

    public ValueTask<string> ConcatAsync(IReadOnlyList<string> parts, string separator, TaskContext context, CancellationToken cancellationToken) =>
        stage.PlayAsync(this, string.Join(separator, parts), context, cancellationToken);

    public ValueTask<int> MeasureAsync(List<byte[]> parts) => new(parts.Sum(static part => part.Length));

    public void Dispose() => stage.OnDisposed(this);
}

/// <summary>A run of a handler.</summary>
public sealed record StageRun(TaskId Id, int Attempt, long Fence, DateTimeOffset At, ProbeHandler Handler, CancellationToken Token);

/// <summary>Says what the runs of a test do, and remembers them.</summary>
public sealed class Stage(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Func<TaskContext, CancellationToken, ValueTask<string>>> _plays = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StageRun>> _runs = new();
    private readonly ConcurrentDictionary<(string Label, int Attempt), TaskCompletionSource<StageRun>> _started = new();
    private readonly ConcurrentDictionary<ProbeHandler, bool> _disposed = new();

    /// <summary>What runs of this label do; without a word they return their label.</summary>
    public void On(string label, Func<TaskContext, CancellationToken, ValueTask<string>> play) => _plays[label] = play;

    /// <summary>Runs of this label throw until this attempt.</summary>
    public void FailUntil(string label, int attempt, Func<Exception>? failure = null) => On(label, (context, _) =>
        context.Attempt < attempt ? throw failure?.Invoke() ?? new InvalidOperationException($"attempt {context.Attempt}") : new ValueTask<string>(label));

    /// <summary>Runs of this label wait for the gate.</summary>
    public TaskCompletionSource<string> Hold(string label)
    {
        var gate = new TaskCompletionSource<string>();
        On(label, async (_, token) => await gate.Task.WaitAsync(token));
        return gate;
    }

    /// <summary>Runs of this label wait for the gate, whatever their token says.</summary>
    public TaskCompletionSource<string> HoldStubbornly(string label)
    {
        var gate = new TaskCompletionSource<string>();
        On(label, async (_, _) => await gate.Task);
        return gate;
    }

    public IReadOnlyList<StageRun> Runs(string label) => [.. _runs.GetValueOrDefault(label, [])];

    /// <summary>The start of an attempt.</summary>
    public Task<StageRun> Started(string label, int attempt = 1) => StartOf(label, attempt).Task;

    public bool IsDisposed(ProbeHandler handler) => _disposed.ContainsKey(handler);

    internal ValueTask<string> PlayAsync(ProbeHandler handler, string label, TaskContext context, CancellationToken token)
    {
        var run = new StageRun(context.Id, context.Attempt, context.Fence, time.GetUtcNow(), handler, token);
        _runs.GetOrAdd(label, static _ => new ConcurrentQueue<StageRun>()).Enqueue(run);
        StartOf(label, context.Attempt).TrySetResult(run);
        return _plays.TryGetValue(label, out Func<TaskContext, CancellationToken, ValueTask<string>>? play) ? play(context, token) : new ValueTask<string>(label);
    }

    internal void OnDisposed(ProbeHandler handler) => _disposed[handler] = true;

    private TaskCompletionSource<StageRun> StartOf(string label, int attempt) =>
        _started.GetOrAdd((label, attempt), static _ => new TaskCompletionSource<StageRun>(TaskCreationOptions.RunContinuationsAsynchronously));
}
