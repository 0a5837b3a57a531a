using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TypedTasks.Canvases;
using TypedTasks.Client;

namespace TypedTasks.Testing;

/// <summary>
/// An <see cref="ITaskCanvas"/> for unit tests of code that enqueues canvases: it runs nothing and records every canvas. What a canvas returns, or how it fails, is said beforehand.
/// </summary>
/// <remarks>It refuses what the real one refuses: options that contradict each other, a key, too many steps. Safe from any thread.</remarks>
/// <example>
/// <code>
/// var canvas = new RecordingTaskCanvas();
/// canvas.Returns(new Receipt(42));
///
/// await new Checkout(canvas).CompleteAsync(orderId);
///
/// RecordedCanvas enqueued = Assert.Single(canvas.Canvases);
/// Assert.Equal("invoices.generate → invoices.send", enqueued.ToString());
/// Assert.Equal("a@b.example", Assert.Single(enqueued.Of&lt;InvoicesTasks.SendArguments&gt;()).Address);
/// </code>
/// </example>
/// <param name="timeProvider">The clock; the system's when null.</param>
public sealed class RecordingTaskCanvas(TimeProvider? timeProvider = null) : ITaskCanvas
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly List<RecordedCanvas> _canvases = [];
    private readonly Dictionary<Type, object?> _results = [];
    private (TaskState State, TaskFailure? Failure)? _failed;
    private TaskRejection? _rejected;

    /// <summary>Every canvas, in order. A second one under the same id is recognised, and not in the list.</summary>
    public IReadOnlyList<RecordedCanvas> Canvases
    {
        get
        {
            lock (_gate)
            {
                return [.. _canvases];
            }
        }
    }

    /// <summary>Says what those get who wait for a canvas, or a group's member, with this type of result.</summary>
    public void Returns<TResult>(TResult result)
    {
        lock (_gate)
        {
            _results[typeof(TResult)] = result;
            _failed = null;
        }
    }

    /// <summary>Says that canvases fail for good: those who wait get a <see cref="TaskFailedException"/>.</summary>
    /// <param name="failure">The failure; none when null.</param>
    /// <param name="state">How the step ends: <see cref="TaskState.DeadLettered"/>, <see cref="TaskState.Failed"/>, <see cref="TaskState.Cancelled"/> or <see cref="TaskState.Expired"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state is no failure.</exception>
    public void Fails(TaskFailure? failure = null, TaskState state = TaskState.DeadLettered)
    {
        if (state <= TaskState.Succeeded)
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "A step that fails is dead-lettered, failed, cancelled or expired.");
        }

        lock (_gate)
        {
            _failed = (state, failure);
        }
    }

    /// <summary>Says that canvases are not accepted: enqueueing throws a <see cref="TaskRejectedException"/>, and nothing is recorded.</summary>
    public void Rejects(TaskRejection reason)
    {
        lock (_gate)
        {
            _rejected = reason;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult>(TaskChain<TResult> chain, EnqueueOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        (RecordedCanvas canvas, bool isDuplicate) = Record(chain.Elements, chain.ToString(), options, cancellationToken);
        return new ValueTask<TaskHandle<TResult>>(new TaskHandle<TResult>(canvas.Id, new Tracker<TResult>(this, canvas), isDuplicate));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueAsync<TResult>(TaskGroup<TResult> group, EnqueueOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ImmutableArray<CanvasElement> elements = group.ToElements(join: null);
        (RecordedCanvas canvas, bool isDuplicate) = Record(elements, group.ToString(), options, cancellationToken);
        var tracker = new Tracker<TResult>(this, canvas);
        return new ValueTask<IReadOnlyList<TaskHandle<TResult>>>(
            [.. group.Members.Select((_, place) => new TaskHandle<TResult>(CanvasFormat.MemberId(canvas.Id, place), tracker, isDuplicate))]);
    }

    private (RecordedCanvas Canvas, bool IsDuplicate) Record(ImmutableArray<CanvasElement> elements, string text, EnqueueOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = _time.GetUtcNow();
        CanvasCheck.ToAttributes(elements, in options, now, options.ResolveNotBefore(now));
        TaskId id = options.Id.IsEmpty ? TaskId.New(now) : options.Id;
        lock (_gate)
        {
            if (_rejected is { } reason)
            {
                throw new TaskRejectedException(id, reason, $"The test rejects the canvas '{text}': {reason}.");
            }

            if (_canvases.Find(earlier => earlier.Id == id) is { } known)
            {
                return (known, true);
            }

            var canvas = new RecordedCanvas(id, options, [.. StepsOf(elements)], text, now);
            _canvases.Add(canvas);
            return (canvas, false);
        }
    }

    private static IEnumerable<RecordedStep> StepsOf(IEnumerable<CanvasElement> elements) => elements.SelectMany(element => element switch
    {
        CanvasStep step => [new RecordedStep(step.Task, step.Given, step.IsLinked)],
        CanvasGroup group => group.Members.SelectMany(member => StepsOf(member)),
        _ => Enumerable.Empty<RecordedStep>(),
    });

    private sealed class Tracker<TResult>(RecordingTaskCanvas owner, RecordedCanvas canvas) : ITaskTracker<TResult>
    {
        public ValueTask<TResult> WaitAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (TaskState state, TaskFailure? failure) = End();
            if (state > TaskState.Succeeded)
            {
                string task = canvas.Steps[^1].Task.Name;
                throw new TaskFailedException(id, task, state, failure, $"The test ends the canvas '{canvas}' as {state}{(failure is null ? "." : $": {failure.Type}: {failure.Message}")}");
            }

            lock (owner._gate)
            {
                return owner._results.TryGetValue(typeof(TResult), out object? result) ? new ValueTask<TResult>((TResult)result!)
                    : typeof(TResult) == typeof(NoResult) ? default
                    : throw new InvalidOperationException($"Something waits for the result of the canvas '{canvas}', and the test does not say what it is: call Returns<{typeof(TResult).Name}>(…) before.");
            }
        }

        public ValueTask<TaskState> StateAsync(TaskId id, CancellationToken cancellationToken) => new(End().State);

        public ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(TaskId id, CancellationToken cancellationToken) => default;

        public async IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(TaskId id, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            yield break;
        }

        public ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken)
        {
            bool isWaiting = End().State == TaskState.Queued;
            canvas.IsCancelled |= isWaiting;
            return new ValueTask<bool>(isWaiting);
        }

        public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => default;

        private (TaskState State, TaskFailure? Failure) End()
        {
            if (canvas.IsCancelled)
            {
                return (TaskState.Cancelled, null);
            }

            lock (owner._gate)
            {
                return owner._failed ?? (owner._results.ContainsKey(typeof(TResult)) ? TaskState.Succeeded : TaskState.Queued, null);
            }
        }
    }
}
