using System.Runtime.CompilerServices;
using TypedTasks.Calls;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Client;

/// <summary>The client that <c>AddClient&lt;T&gt;()</c> registers: turns a call into an envelope and hands it to the engine.</summary>
internal sealed class TaskClient<TContract> : ITaskClient<TContract>
    where TContract : class
{
    // Enough to keep a connection's pipeline full, few enough to stay small.
    private const int PipelineDepth = 256;

    private readonly EngineHost _host;
    private readonly TimeProvider _time;

    public TaskClient(EngineHost host, TimeProvider time)
    {
        _host = host;
        _time = time;
        Remote = ContractRegistry.Get<TContract>().CreateRemote(this);
    }

    public TContract Remote { get; }

    public ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        EnqueueOptions options,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        if (!_host.IsStarted)
        {
            return StartAndEnqueueAsync(call, options, cancellationToken);
        }

        if (SendTelemetry.IsObserved(_host.Metrics))
        {
            return EnqueueObservedAsync<TResult, TArguments>(call.Arguments, options, cancellationToken);
        }

        DateTimeOffset now = _time.GetUtcNow();
        TaskId id = options.Id.IsEmpty ? TaskId.New(now) : options.Id;
        var publishing = PublishAsync<TResult, TArguments>(id, call.Arguments, in options, now, cancellationToken);
        return publishing.IsCompletedSuccessfully
            ? new ValueTask<TaskHandle<TResult>>(Handle<TResult, TArguments>(id, publishing.Result))
            : PendingEnqueue<TResult>.WaitAsync(id, TArguments.Task, _host.Trackers.Get<TResult, TArguments>(), publishing);
    }

    public async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueManyAsync<TResult, TArguments>(
        IEnumerable<TaskCall<TContract, TResult, TArguments>> calls,
        EnqueueOptions options,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArgumentNullException.ThrowIfNull(calls);
        options.ThrowIfOneId();
        return await new PublishWindow<TResult>(PipelineDepth).EnqueueAsync(calls, call => EnqueueAsync(call, options, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<TResult> InvokeAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TaskHandle<TResult> handle = await EnqueueAsync(call, default, cancellationToken).ConfigureAwait(false);
        try
        {
            return await handle.ResultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await TryCancelAsync(handle).ConfigureAwait(false);
            throw;
        }
    }

    public TaskHandle<TResult> Handle<TResult, TArguments>(TaskId id)
        where TArguments : struct, ITaskArguments<TArguments, TResult> =>
        TaskHandle<TResult>.Of(id, _host.Trackers.Get<TResult, TArguments>());

    /// <summary>Nobody waits for the task any more. If the engine does not hear it, the task runs for nothing, which is harmless.</summary>
    private static async ValueTask TryCancelAsync<TResult>(TaskHandle<TResult> handle)
    {
        try
        {
            await handle.CancelAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
        }
    }

    private ValueTask<PublishStatus> PublishAsync<TResult, TArguments>(
        TaskId id,
        TArguments arguments,
        in EnqueueOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TaskDescriptor task = TArguments.Task;
        DateTimeOffset notBefore = options.ResolveNotBefore(now);
        EnvelopeAttributes attributes = options.ToAttributes(task, now, notBefore);
        TaskActivities.Stamp(ref attributes);
        var envelope = new CallEnvelope<TResult, TArguments>(id, now.ToUnixTimeMilliseconds(), arguments, attributes, _host.Engine.Limits.MaxEnvelopeLength);
        var address = new TaskAddress(task.Lane, id, notBefore) { IsFresh = options.Id.IsEmpty };
        try
        {
            return _host.Engine.PublishAsync(address, envelope, cancellationToken);
        }
        catch (Exception failure) when (TaskRejections.Explain(id, task, failure) is { } rejection)
        {
            throw rejection;
        }
    }

    /// <summary>As <see cref="EnqueueAsync"/>, with a span and measurements around it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TaskHandle<TResult>> EnqueueObservedAsync<TResult, TArguments>(
        TArguments arguments,
        EnqueueOptions options,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        DateTimeOffset now = _time.GetUtcNow();
        TaskId id = options.Id.IsEmpty ? TaskId.New(now) : options.Id;
        SendTelemetry observed = SendTelemetry.Start(TArguments.Task, id, _host.Metrics, _time);
        try
        {
            PublishStatus status = await PublishAsync<TResult, TArguments>(id, arguments, in options, now, cancellationToken).ConfigureAwait(false);
            observed.Succeeded(status);
            return Handle<TResult, TArguments>(id, status);
        }
        catch (Exception failure)
        {
            observed.Failed(failure);
            if (TaskRejections.Explain(id, TArguments.Task, failure) is { } rejection)
            {
                throw rejection;
            }

            throw;
        }
    }

    private async ValueTask<TaskHandle<TResult>> StartAndEnqueueAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        EnqueueOptions options,
        CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        try
        {
            await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TaskEngineException unreachable)
        {
            TaskId id = options.Id.IsEmpty ? TaskId.New(_time.GetUtcNow()) : options.Id;
            throw new TaskRejectedException(id, TaskRejection.Refused, $"The task {id} was not sent: {unreachable.Message}", unreachable);
        }

        return await EnqueueAsync(call, options, cancellationToken).ConfigureAwait(false);
    }

    private TaskHandle<TResult> Handle<TResult, TArguments>(TaskId id, PublishStatus status)
        where TArguments : struct, ITaskArguments<TArguments, TResult> =>
        new(id, _host.Trackers.Get<TResult, TArguments>(), status == PublishStatus.Duplicate);
}
