using TypedTasks.Nats.JetStream;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>What is read again because something has changed is read after the change.</summary>
public sealed class RepeatedRunTests
{
    private readonly Queue<TaskCompletionSource> _runs = new();

    [Fact]
    public void Who_asks_during_a_run_gets_another_however_many_ask()
    {
        var reading = new RepeatedRun(Begin);
        reading.Ask();
        TaskCompletionSource first = _runs.Dequeue();
        reading.Ask();
        reading.Ask();
        Assert.Empty(_runs);

        first.SetResult();
        Assert.Single(_runs).SetResult();

        Assert.Single(_runs);
        reading.Ask();
        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public void A_run_that_fails_does_not_keep_the_next_from_running()
    {
        var reading = new RepeatedRun(Begin);
        reading.Ask();
        _runs.Dequeue().SetException(new IOException("gone"));

        reading.Ask();

        Assert.Single(_runs);
    }

    private Task Begin()
    {
        var run = new TaskCompletionSource();
        _runs.Enqueue(run);
        return run.Task;
    }
}
