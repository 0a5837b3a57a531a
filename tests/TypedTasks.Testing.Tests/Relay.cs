namespace TypedTasks.Testing.Tests;

/// <summary>A task that makes one in another host.</summary>
[TaskContract("relay")]
public interface IRelay
{
    [Task]
    [Idempotent]
    ValueTask RelayAsync();
}

/// <summary>A task whose handler goes on where virtual time does not see it.</summary>
[TaskContract("busy")]
public interface IBusy
{
    [Task]
    [Idempotent]
    ValueTask WorkAsync();
}

public sealed class Relay : IDisposable
{
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualResetEventSlim Go { get; } = new();

    public void Dispose() => Go.Dispose();
}

public sealed class RelayHandler(Relay relay, ITaskClient<IBusy> busy) : IRelay
{
    public async ValueTask RelayAsync()
    {
        // On the worker's thread, for which virtual time waits.
        relay.Entered.SetResult();
        relay.Go.Wait(TestContext.Current.CancellationToken);
        await busy.WorkAsync();
    }
}

public sealed class BusyHandler : IBusy
{
    private int _done;

    public int Done => Volatile.Read(ref _done);

    public async ValueTask WorkAsync()
    {
        for (int i = 0; i < 200_000; i++)
        {
            await Task.Yield();
        }

        Interlocked.Increment(ref _done);
    }
}
