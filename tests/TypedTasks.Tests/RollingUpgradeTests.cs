using TypedTasks.Engine;
using TypedTasks.MessagePack;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>Two versions of one contract meet, as they do while a new version is rolled out: what fits goes through, and what does not is kept and named.</summary>
public sealed class RollingUpgradeTests
{
    [Fact]
    public async Task An_old_worker_serves_a_new_producer_as_far_as_it_knows()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<INewer>().AddWorker<IOlder, OlderHandler>());
        ITaskClient<INewer> client = host.Client<INewer>();
        TaskHandle<Answer> appended = await client.AskAsync(new Question(1, "note"), "extra");
        TaskHandle<string> shape = await client.DrawAsync(new NewSquare(3));
        await host.DrainAsync();

        // The answer lacks what the old worker does not know, and gets its default.
        Assert.Equal(new Answer(1, "none"), await appended.ResultAsync());
        TaskFailedException failure = await Assert.ThrowsAsync<TaskFailedException>(async () => await shape.ResultAsync());
        Assert.Equal(TaskState.DeadLettered, failure.State);
        Assert.Contains("1 is not the key of a case of the union", failure.Message, StringComparison.Ordinal);
        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(NewerTasks.DrawArguments.Task));
        Assert.Equal(DeadLetterReason.Undecodable, letter.Note.Reason);
    }

    [Fact]
    public async Task A_new_worker_serves_an_old_producer_with_the_defaults()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IOlder>().AddWorker<INewer, NewerHandler>());
        TaskHandle<OldAnswer> appended = await host.Client<IOlder>().AskAsync(new OldQuestion(1));
        await host.DrainAsync();

        Assert.Equal(new OldAnswer(2), await appended.ResultAsync());
    }

    [Fact]
    public async Task A_result_that_the_caller_does_not_know_is_a_typed_failure_with_its_task()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IOlder>().AddWorker<INewer, NewerHandler>());
        TaskHandle<OldShape> task = await host.Client<IOlder>().FindAsync(3);
        await host.DrainAsync();

        Assert.Equal(TaskState.Succeeded, await task.StateAsync());
        TaskOutcomeUnavailableException failure = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(async () => await task.ResultAsync());
        Assert.Equal(task.Id, failure.Id);
        Assert.StartsWith($"The task {task.Id} of 'upgrade.find' succeeded, but its result cannot be read: 1 is not the key", failure.Message, StringComparison.Ordinal);
        Assert.IsType<MessagePackException>(failure.InnerException);
    }

    private sealed class OlderHandler : IOlder
    {
        public ValueTask<OldAnswer> AskAsync(OldQuestion question) => new(new OldAnswer(question.Number));

        public ValueTask<string> DrawAsync(OldShape shape) => new(shape.ToString());

        public ValueTask<OldShape> FindAsync(int side) => new(new OldCircle(side));
    }

    private sealed class NewerHandler : INewer
    {
        public ValueTask<Answer> AskAsync(Question question, string note) => new(new Answer(question.Note == "none" && note == "none" ? question.Number + 1 : 0, "new"));

        public ValueTask<string> DrawAsync(Shape shape) => new(shape.ToString());

        public ValueTask<Shape> SearchAsync(int side) => new(new NewSquare(side));
    }
}

[TaskContract("upgrade")]
public interface IOlder
{
    [Task]
    ValueTask<OldAnswer> AskAsync(OldQuestion question);

    [Task]
    ValueTask<string> DrawAsync(OldShape shape);

    [Task]
    ValueTask<OldShape> FindAsync(int side);
}

[TaskContract("upgrade")]
public interface INewer
{
    [Task]
    ValueTask<Answer> AskAsync(Question question, string note = "none");

    [Task]
    ValueTask<string> DrawAsync(Shape shape);

    [Task("find")]
    ValueTask<Shape> SearchAsync(int side);
}

public sealed record OldQuestion(int Number);

public sealed record Question(int Number, string Note = "none");

public sealed record OldAnswer(int Number);

public sealed record Answer(int Number, string Note = "none");

[global::MessagePack.Union(0, typeof(OldCircle))]
public abstract record OldShape;

public sealed record OldCircle(int Radius) : OldShape;

[global::MessagePack.Union(0, typeof(NewCircle))]
[global::MessagePack.Union(1, typeof(NewSquare))]
public abstract record Shape;

public sealed record NewCircle(int Radius) : Shape;

public sealed record NewSquare(int Side) : Shape;
