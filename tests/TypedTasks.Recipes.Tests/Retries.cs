using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace Recipes.Retries;

[TaskContract("shipping")]
public interface IShipping
{
    // Tried five times in all. After the first failure it waits 2 s to 4 s, then 2 s to 8 s, then 2 s to 16 s, and so on, never longer than ten minutes.
    [Task(MaxAttempts = 5, Backoff = "2s..10m", TimeLimit = "30s", RetryOn = [typeof(HttpRequestException)])]
    [Idempotent(Key = nameof(order))]
    ValueTask<string> BookAsync(Guid order, string country, CancellationToken cancellationToken = default);

    // Every exception is worth another attempt, but for this one and those derived from it.
    [Task(DoNotRetryOn = [typeof(KeyNotFoundException)])]
    [Idempotent]
    ValueTask<string> TrackAsync(string parcel, CancellationToken cancellationToken = default);
}

public sealed class ShippingWorker(ICarrier carrier) : IShipping
{
    public async ValueTask<string> BookAsync(Guid order, string country, CancellationToken cancellationToken)
    {
        // An HttpRequestException passes: the task is tried again after its back-off.
        CarrierAnswer answer = await carrier.BookAsync(order, country, cancellationToken);
        return answer switch
        {
            { Parcel: { } parcel } => parcel,
            { TryAgainIn: { } wait } => throw TaskContext.RetryAfter(wait, "The carrier asks us to slow down."),
            _ => throw new DeadLetterException($"The carrier does not go to {country}."),
        };
    }

    public async ValueTask<string> TrackAsync(string parcel, CancellationToken cancellationToken) => await carrier.TrackAsync(parcel, cancellationToken);
}

// An operator's tool: the carrier is back, so what its outage left behind may run again.
public sealed class Repair(ITaskAdmin tasks, TextWriter console)
{
    public async Task<long> RunAgainAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var outage = new DeadLetterFilter { Contract = "shipping", Reason = DeadLetterReason.AttemptsExhausted, Since = since };
        await foreach (DeadLetter letter in tasks.ListDeadLettersAsync(outage, cancellationToken))
        {
            string what = letter.TryReadArguments(out ShippingTasks.BookArguments booking) ? $"order {booking.Order}" : letter.ArgumentsToJson() ?? "unreadable";
            await console.WriteLineAsync($"{letter.TaskName} {letter.Id} ({what}), tried {letter.Attempts} times: {letter.Failure?.Message}");
        }

        return await tasks.RequeueManyAsync(outage, cancellationToken);
    }
}

// The reader's own: somebody else's service, which is down now and then.
public interface ICarrier
{
    Task<CarrierAnswer> BookAsync(Guid order, string country, CancellationToken cancellationToken);

    Task<string> TrackAsync(string parcel, CancellationToken cancellationToken);
}

public sealed record CarrierAnswer(string? Parcel = null, TimeSpan? TryAgainIn = null);

public sealed class RetriesTests
{
    private readonly Carrier _carrier = new();

    [Fact]
    public async Task An_outage_is_tried_again_until_it_is_over()
    {
        await using TaskTestHost host = await StartAsync();
        _carrier.Answers(new HttpRequestException("503"), new HttpRequestException("503"), new CarrierAnswer("P1"));

        TaskHandle<string> task = await host.Client<IShipping>().BookAsync(Guid.NewGuid(), "DK");
        await host.DrainAsync();
        Assert.Equal(TaskState.Retrying, await task.StateAsync());

        await host.AdvanceAsync(TimeSpan.FromSeconds(12));
        Assert.Equal("P1", await task.ResultAsync());
    }

    [Fact]
    public async Task Who_says_when_to_come_back_is_asked_then()
    {
        await using TaskTestHost host = await StartAsync();
        _carrier.Answers(new CarrierAnswer(TryAgainIn: TimeSpan.FromSeconds(90)), new CarrierAnswer("P1"));

        TaskHandle<string> task = await host.Client<IShipping>().BookAsync(Guid.NewGuid(), "DK");
        await host.AdvanceAsync(TimeSpan.FromSeconds(89));
        Assert.Equal(TaskState.Retrying, await task.StateAsync());

        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(TaskState.Succeeded, await task.StateAsync());
    }

    [Fact]
    public async Task What_no_retry_can_mend_is_not_tried_again()
    {
        await using TaskTestHost host = await StartAsync();
        _carrier.Answers(new CarrierAnswer(), new InvalidOperationException("not in RetryOn"), new KeyNotFoundException("in DoNotRetryOn"));

        await host.Client<IShipping>().BookAsync(Guid.NewGuid(), "XX");
        await host.DrainAsync();
        await host.Client<IShipping>().BookAsync(Guid.NewGuid(), "DK");
        await host.DrainAsync();
        await host.Client<IShipping>().TrackAsync("P9");
        await host.DrainAsync();

        IReadOnlyList<StoredDeadLetter> letters = await host.DeadLettersAsync(ShippingTasks.BookArguments.Task);
        Assert.Equal(["The carrier does not go to XX.", "not in RetryOn", "in DoNotRetryOn"], letters.Select(letter => letter.Note.Failure?.Message));
        Assert.All(letters, letter => Assert.Equal((DeadLetterReason.NotTransient, 1), (letter.Note.Reason, letter.Note.Attempts)));
    }

    [Fact]
    public async Task After_the_last_attempt_it_waits_among_the_dead_letters_and_runs_when_it_is_told_to()
    {
        await using TaskTestHost host = await StartAsync();
        _carrier.Answers([.. Enumerable.Repeat<object>(new HttpRequestException("503"), 5), new CarrierAnswer("P1")]);

        var order = Guid.NewGuid();
        TaskHandle<string> task = await host.Client<IShipping>().BookAsync(order, "DK");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(async () => await task.ResultAsync());
        Assert.Equal((TaskState.DeadLettered, "503"), (failed.State, failed.Failure?.Message));

        var console = new StringWriter();
        long requeued = await new Repair(host.Services.GetRequiredService<ITaskAdmin>(), console).RunAgainAsync(VirtualTime.Start, CancellationToken.None);
        await host.DrainAsync();
        Assert.Equal(1, requeued);
        Assert.Equal($"shipping.book {task.Id} (order {order}), tried 5 times: 503{Environment.NewLine}", console.ToString());
        Assert.Equal("P1", await task.ResultAsync());
    }

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<ICarrier>(_carrier);
        tasks.AddClient<IShipping>().AddWorker<IShipping, ShippingWorker>();
    });

    private sealed class Carrier : ICarrier
    {
        private readonly Queue<object> _answers = new();

        public void Answers(params object[] answers) => Array.ForEach(answers, _answers.Enqueue);

        public Task<CarrierAnswer> BookAsync(Guid order, string country, CancellationToken cancellationToken) =>
            _answers.Dequeue() switch
            {
                CarrierAnswer answer => Task.FromResult(answer),
                object failure => Task.FromException<CarrierAnswer>((Exception)failure),
            };

        public Task<string> TrackAsync(string parcel, CancellationToken cancellationToken) => Task.FromException<string>((Exception)_answers.Dequeue());
    }
}
