using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace Recipes.FromMassTransit;

[TaskContract("submissions")]
public interface ISubmissions
{
    // UseMessageRetry and UseDelayedRedelivery in one: every retry leaves the worker's hands. r.Ignore<ArgumentException>() is DoNotRetryOn.
    [Task(Queue = Queues.Submissions, MaxAttempts = 8, Backoff = "1s..30m", DoNotRetryOn = [typeof(ArgumentException)])]
    [Idempotent(Key = "{order.Id}")]
    ValueTask<OrderAccepted> SubmitAsync(SubmitOrder order, TaskContext context = null!);
}

// The messages stay what they were: records.
public sealed record SubmitOrder(Guid Id, string Customer, decimal Total);

public sealed record OrderAccepted(Guid Id, int Number);

public static class Queues
{
    [TaskQueue(Concurrency = 4, Prefetch = 16)] public const string Submissions = "submit-order";
}

// IConsumer<SubmitOrder>, with the response as the result.
public sealed class SubmissionWorker(IOrderBook book) : ISubmissions
{
    public async ValueTask<OrderAccepted> SubmitAsync(SubmitOrder order, TaskContext context)
    {
        ArgumentException.ThrowIfNullOrEmpty(order.Customer);
        int number = await context.OnceAsync("book", async cancellationToken => await book.AddAsync(order, cancellationToken));
        return new OrderAccepted(order.Id, number);
    }
}

// IRequestClient<SubmitOrder>
public sealed class Checkout(ITaskClient<ISubmissions> submissions)
{
    public async Task<int> BuyAsync(SubmitOrder order) => (await submissions.Remote.SubmitAsync(order)).Number;
}

public interface IOrderBook
{
    ValueTask<int> AddAsync(SubmitOrder order, CancellationToken cancellationToken);
}

public sealed class FromMassTransitTests
{
    [Fact]
    public async Task The_consumer_that_moved_runs()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton<IOrderBook>(new OrderBook());
            tasks.AddClient<ISubmissions>().AddWorker<ISubmissions, SubmissionWorker>();
        });
        var checkout = new Checkout(host.Client<ISubmissions>());

        Assert.Equal(1, await checkout.BuyAsync(new SubmitOrder(Guid.NewGuid(), "Jensen", 10)));
        Assert.Equal(2, await checkout.BuyAsync(new SubmitOrder(Guid.NewGuid(), "Jensen", 10)));

        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => checkout.BuyAsync(new SubmitOrder(Guid.NewGuid(), "", 10)));
        Assert.Equal(TaskState.DeadLettered, failed.State);
        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(SubmissionsTasks.SubmitArguments.Task));
        Assert.Equal((DeadLetterReason.NotTransient, 1), (letter.Note.Reason, letter.Note.Attempts));
    }

    private sealed class OrderBook : IOrderBook
    {
        private int _last;

        public ValueTask<int> AddAsync(SubmitOrder order, CancellationToken cancellationToken) => new(++_last);
    }
}
