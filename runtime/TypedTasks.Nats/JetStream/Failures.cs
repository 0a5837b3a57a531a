using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>Makes exceptions of failed calls: each says what happened and what to look at.</summary>
internal static class Failures
{
    /// <summary>The exception for a request.</summary>
    public static TaskEngineException Of(PendingCall call, string what, NatsConnection connection)
    {
        bool unavailable = call is RequestCall { WasUnavailable: true };
        string problem = connection.LastProblem is { } last && !connection.IsConnected ? $" The last problem: {last}" : "";
        return new TaskEngineException(call.Failure switch
        {
            CallFailure.Denied => $"{what}: the server forbids the subject. Grant the permissions that the NATS engine needs, or change NatsEngineOptions.Authentication or Prefix. {connection.LastProblem}",
            CallFailure.Closed => $"{what}: the connection was closed.{problem}",
            CallFailure.ConnectionLost => $"{what}: the connection was lost before the answer.{problem}",
            CallFailure.Overloaded => $"{what}: too much waits to be sent (NatsEngineOptions.MaxPendingBytes).",
            _ when unavailable => $"{what}: JetStream did not answer in time (NatsEngineOptions.RequestTimeout). Is it enabled for this account, and has the stream a leader?{problem}",
            _ => $"{what}: no answer in time (NatsEngineOptions.RequestTimeout).{problem}",
        });
    }

    /// <summary>What an error of the API is to callers of the engine, who know nothing of JetStream's.</summary>
    /// <exception cref="TaskEngineException">The server refused, or did not answer.</exception>
    public static async ValueTask<T> TypedAsync<T>(ValueTask<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            throw new TaskEngineException($"The NATS server refused: {error.Message}", error);
        }
    }

    /// <summary>The exception for a publish that was not confirmed.</summary>
    public static Exception OfPublish(PublishCall call, NatsConnection connection, NatsEngineOptions options)
    {
        TimeSpan timeout = options.PublishTimeout;
        TaskId id = call.Id;
        string problem = connection.LastProblem is { } last && !connection.IsConnected ? $" The last problem: {last}" : "";
        if (call.Failure == CallFailure.Denied)
        {
            return new TaskRejectedException(id, TaskRejection.Refused,
                $"The server forbids publishing the task {id}. Grant the permissions that the NATS engine needs, or change NatsEngineOptions.Authentication or Prefix. {connection.LastProblem}");
        }

        if (call.Failure == CallFailure.Overloaded)
        {
            return new TaskRejectedException(id, TaskRejection.Full, $"The task {id} was not sent: too many publishes wait for their turn already (NatsEngineOptions.MaxPendingBytes).");
        }

        if (call.Sends == 0)
        {
            TaskRejection reason = call.Failure == CallFailure.Closed && connection.Fatal is null ? TaskRejection.Stopped : TaskRejection.Refused;
            return new TaskRejectedException(id, reason, $"The task {id} was not sent: there was no connection to a NATS server within {timeout} (NatsEngineOptions.PublishTimeout).{problem}");
        }

        return call.WasFull
            ? new TaskRejectedException(id, TaskRejection.Full,
                $"The task {id} was not accepted: the queue '{call.Queue}' is full and stayed full for {timeout} (NatsEngineOptions.PublishTimeout). {Limit(call.LastError, options)}")
            : new TaskUnconfirmedException(id,
                $"The task {id} may have been accepted: no confirmation within {timeout} (NatsEngineOptions.PublishTimeout).{(call.LastError is { } error ? $" The last answer: {error}." : "")}{problem}");
    }

    // The server says which of the stream's limits it was; anything else is one of its own, or of the account.
    private static string Limit(string? answer, NatsEngineOptions options) => answer switch
    {
        not null when answer.Contains("maximum messages", StringComparison.Ordinal) => $"It holds {options.MaxTasksPerQueue} tasks (NatsEngineOptions.MaxTasksPerQueue): start more workers, or raise the limit.",
        not null when answer.Contains("maximum bytes", StringComparison.Ordinal) => $"It holds {options.MaxBytesPerQueue} bytes (NatsEngineOptions.MaxBytesPerQueue): start more workers, or raise the limit.",
        _ => $"The NATS server or its account has no room ({answer}): start more workers, or give it more.",
    };
}
