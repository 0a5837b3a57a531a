using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Calls;
using TypedTasks.Client;
using TypedTasks.Envelopes;

namespace TypedTasks.Testing;

/// <summary>
/// A client for unit tests of code that enqueues: it runs nothing and records every call, typed. What a task returns, or how it fails, is said beforehand.
/// </summary>
/// <remarks>
/// It refuses what the real client refuses: options that contradict each other, one id for many calls, a key that cannot be made, arguments that cannot be written, waiting for what is not
/// kept. Safe from any thread.
/// </remarks>
/// <example>
/// <code>
/// var invoices = new RecordingTaskClient&lt;IInvoices&gt;();
/// invoices.Returns((InvoicesTasks.GenerateArguments call) =&gt; new InvoiceId(42));
///
/// await new Checkout(invoices).CompleteAsync(orderId);
///
/// Assert.Equal(129.90m, invoices.Single&lt;InvoicesTasks.GenerateArguments&gt;().TypedArguments.Amount);
/// Assert.Equal(TimeSpan.FromDays(3), invoices.Single&lt;InvoicesTasks.SendReminderArguments&gt;().Options.Delay);
/// Assert.Equal(2, invoices.Calls.Count);
/// </code>
/// </example>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class RecordingTaskClient<TContract> : ITaskClient<TContract>
    where TContract : class
{
    private const int MaxEnvelopeLength = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ContractDescriptor<TContract> _contract;
    private readonly List<RecordedCall> _calls = [];
    private readonly Dictionary<Type, object> _answers = [];
    private readonly Dictionary<Type, (TaskState State, TaskFailure? Failure)> _failures = [];
    private readonly Dictionary<Type, TaskRejection> _rejections = [];

    /// <summary>Makes a client.</summary>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <exception cref="TaskConfigurationException">There is no generated code for <typeparamref name="TContract"/>.</exception>
    public RecordingTaskClient(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        _contract = ContractRegistry.Get<TContract>();
        Remote = _contract.CreateRemote(this);
    }

    /// <inheritdoc/>
    public TContract Remote { get; }

    /// <summary>Every call, in order. A second call under the same id is recognised, and not in the list.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The calls of one task, in order.</summary>
    /// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
    /// <exception cref="InvalidOperationException">It is a task of another contract.</exception>
    public IReadOnlyList<RecordedCall<TArguments>> Of<TArguments>()
        where TArguments : struct, ITaskArguments<TArguments>
    {
        ThrowIfOfAnother<TArguments>();
        return [.. Calls.OfType<RecordedCall<TArguments>>()];
    }

    /// <summary>The one call of a task.</summary>
    /// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
    /// <exception cref="InvalidOperationException">There is none, or more than one; the message lists all calls. Or it is a task of another contract.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It reads as LINQ's Single does.")]
    public RecordedCall<TArguments> Single<TArguments>()
        where TArguments : struct, ITaskArguments<TArguments> =>
        Of<TArguments>() is [RecordedCall<TArguments> single] ? single : throw new InvalidOperationException(
            $"{Of<TArguments>().Count} calls with {typeof(TArguments).Name} were enqueued, not one. All calls:{Environment.NewLine}{string.Join(Environment.NewLine, Calls)}");

    /// <summary>Says what a task returns, to those who wait for it.</summary>
    /// <param name="answer">Makes the result of the arguments. Give the parameter its type, and the others are inferred: <c>(GenerateArguments call) =&gt; …</c>.</param>
    /// <exception cref="InvalidOperationException">It is a task of another contract.</exception>
    public void Returns<TArguments, TResult>(Func<TArguments, TResult> answer)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArgumentNullException.ThrowIfNull(answer);
        ThrowIfOfAnother<TArguments>();
        lock (_gate)
        {
            _answers[typeof(TArguments)] = answer;
            _failures.Remove(typeof(TArguments));
        }
    }

    /// <summary>Says that a task fails for good: those who wait for it get a <see cref="TaskFailedException"/>.</summary>
    /// <param name="failure">The failure; none when null.</param>
    /// <param name="state">How it ends: <see cref="TaskState.DeadLettered"/>, <see cref="TaskState.Failed"/>, <see cref="TaskState.Cancelled"/> or <see cref="TaskState.Expired"/>.</param>
    /// <exception cref="InvalidOperationException">It is a task of another contract.</exception>
    public void Fails<TArguments>(TaskFailure? failure = null, TaskState state = TaskState.DeadLettered)
        where TArguments : struct, ITaskArguments<TArguments>
    {
        ThrowIfOfAnother<TArguments>();
        if (state <= TaskState.Succeeded)
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "A task that fails is dead-lettered, failed, cancelled or expired.");
        }

        lock (_gate)
        {
            _failures[typeof(TArguments)] = (state, failure);
        }
    }

    /// <summary>Says that a task is not accepted: enqueueing it throws a <see cref="TaskRejectedException"/>, and the call is not recorded.</summary>
    /// <exception cref="InvalidOperationException">It is a task of another contract.</exception>
    public void Rejects<TArguments>(TaskRejection reason)
        where TArguments : struct, ITaskArguments<TArguments>
    {
        ThrowIfOfAnother<TArguments>();
        lock (_gate)
        {
            _rejections[typeof(TArguments)] = reason;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        EnqueueOptions options = default,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = _time.GetUtcNow();
        TaskId id = options.Id.IsEmpty ? TaskId.New(now) : options.Id;
        string? key = Write<TResult, TArguments>(id, call.Arguments, in options, now);
        bool isDuplicate;
        lock (_gate)
        {
            if (_rejections.TryGetValue(typeof(TArguments), out TaskRejection reason))
            {
                throw new TaskRejectedException(id, reason, $"The test rejects '{call.Task}': {reason}.");
            }

            isDuplicate = _calls.Exists(earlier => earlier.Id == id);
            if (!isDuplicate)
            {
                _calls.Add(new RecordedCall<TArguments>(call.Task, id, call.Arguments, options, key, now));
            }
        }

        return new ValueTask<TaskHandle<TResult>>(new TaskHandle<TResult>(id, new Tracker<TResult, TArguments>(this), isDuplicate));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueManyAsync<TResult, TArguments>(
        IEnumerable<TaskCall<TContract, TResult, TArguments>> calls,
        EnqueueOptions options = default,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArgumentNullException.ThrowIfNull(calls);
        options.ThrowIfOneId();
        return await new PublishWindow<TResult>(1).EnqueueAsync(calls, call => EnqueueAsync(call, options, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TaskHandle<TResult> handle = await EnqueueAsync(call, default, cancellationToken).ConfigureAwait(false);
        return await handle.ResultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>It knows the tasks that were enqueued with it: of another one the state is unknown, and nobody can wait for its result.</remarks>
    public TaskHandle<TResult> Handle<TResult, TArguments>(TaskId id)
        where TArguments : struct, ITaskArguments<TArguments, TResult> =>
        TaskHandle<TResult>.Of(id, new Tracker<TResult, TArguments>(this));

    /// <summary>Writes the envelope as the real client does, for what that refuses, and returns the key that it carries.</summary>
    private static string? Write<TResult, TArguments>(TaskId id, TArguments arguments, in EnqueueOptions options, DateTimeOffset now)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        EnvelopeAttributes attributes = options.ToAttributes(TArguments.Task, now, options.ResolveNotBefore(now));
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            new CallEnvelope<TResult, TArguments>(id, now.ToUnixTimeMilliseconds(), arguments, attributes, MaxEnvelopeLength).WriteTo(buffer);
        }
        catch (Exception failure) when (TaskRejections.Explain(id, TArguments.Task, failure) is { } rejection)
        {
            throw rejection;
        }

        EnvelopeView view = EnvelopeView.Read(buffer.WrittenMemory);
        return view.Key.IsEmpty ? null : Encoding.UTF8.GetString(view.Key);
    }

    private void ThrowIfOfAnother<TArguments>()
        where TArguments : struct, ITaskArguments<TArguments>
    {
        if (!_contract.Tasks.Contains(TArguments.Task))
        {
            throw new InvalidOperationException($"'{TArguments.Task}' is no task of the contract '{_contract.Name}', whose calls this client records.");
        }
    }

    private RecordedCall<TArguments>? Find<TArguments>(TaskId id)
        where TArguments : struct, ITaskArguments<TArguments> => Of<TArguments>().FirstOrDefault(call => call.Id == id);

    private sealed class Tracker<TResult, TArguments>(RecordingTaskClient<TContract> client) : ITaskTracker<TResult>
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        public ValueTask<TResult> WaitAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskDescriptor task = TArguments.Task;
            OutcomeReading.ThrowIfNotKept(id, task);
            if (client.Find<TArguments>(id) is not { } call)
            {
                throw OutcomeReading.Unknown(id, task);
            }

            (TaskState state, TaskFailure? failure) = End(call);
            if (state > TaskState.Succeeded)
            {
                throw new TaskFailedException(id, task.Name, state, failure, $"The test ends '{task}' as {state}{(failure is null ? "." : $": {failure.Type}: {failure.Message}")}");
            }

            return Answer() is { } answer
                ? new ValueTask<TResult>(answer(call.TypedArguments))
                : typeof(TResult) == typeof(NoResult)
                    ? default
                    : throw new InvalidOperationException($"Something waits for the result of '{task}', and the test does not say what it is: call Returns(({typeof(TArguments).Name} call) => …) before.");
        }

        public ValueTask<TaskState> StateAsync(TaskId id, CancellationToken cancellationToken) =>
            new(client.Find<TArguments>(id) is { } call ? End(call).State : TaskState.Unknown);

        public ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(TaskId id, CancellationToken cancellationToken) => default;

        public async IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(TaskId id, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            yield break;
        }

        public ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken)
        {
            if (client.Find<TArguments>(id) is not { } call)
            {
                // As the engine, which remembers the wish for a task that it does not know yet.
                return new ValueTask<bool>(true);
            }

            bool isWaiting = End(call).State == TaskState.Queued;
            call.IsCancelled |= isWaiting;
            return new ValueTask<bool>(isWaiting);
        }

        public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => default;

        private (TaskState State, TaskFailure? Failure) End(RecordedCall<TArguments> call)
        {
            if (call.IsCancelled)
            {
                return (TaskState.Cancelled, null);
            }

            lock (client._gate)
            {
                return client._failures.TryGetValue(typeof(TArguments), out (TaskState State, TaskFailure? Failure) failed) ? failed
                    : client._answers.ContainsKey(typeof(TArguments)) ? (TaskState.Succeeded, null)
                    : (TaskState.Queued, null);
            }
        }

        private Func<TArguments, TResult>? Answer()
        {
            lock (client._gate)
            {
                return client._answers.TryGetValue(typeof(TArguments), out object? answer) ? (Func<TArguments, TResult>)answer : null;
            }
        }
    }
}
