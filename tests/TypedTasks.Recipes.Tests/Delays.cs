using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace Recipes.Delays;

[TaskContract("trials")]
public interface ITrials
{
    [Task]
    [Idempotent(Key = nameof(customer))]
    ValueTask WelcomeAsync(Guid customer, TaskContext context = null!);

    [Task]
    [Idempotent(Key = nameof(customer))]
    ValueTask WarnAsync(Guid customer, TaskContext context = null!);

    // Of no use once it is an hour late.
    [Task(Expires = "1h")]
    [Idempotent(Key = nameof(customer))]
    ValueTask OfferAsync(Guid customer, TaskContext context = null!);
}

public sealed class Trials(ITaskClient<ITrials> trials)
{
    public async Task<TaskId> BeginAsync(Guid customer, DateTimeOffset end)
    {
        await trials.WelcomeAsync(customer, EnqueueOptions.In(TimeSpan.FromMinutes(10)));
        TaskHandle<NoResult> warning = await trials.WarnAsync(customer, EnqueueOptions.At(end.AddDays(-1)));
        await trials.OfferAsync(customer, new EnqueueOptions { NotBefore = end, ExpiresIn = TimeSpan.FromHours(2) });    // in place of the contract's
        return warning.Id;
    }
}

// The customer has paid: nothing to warn of. False when the warning was sent already.
public sealed class Payments(ITaskAdmin tasks)
{
    public async Task<bool> PaidAsync(TaskId warning) => await tasks.CancelAsync(warning);
}

// The worker looks whether the task is still wanted, for days have passed since somebody wanted it.
public sealed class TrialWorker(ITrialBook book, IMail mail) : ITrials
{
    public ValueTask WelcomeAsync(Guid customer, TaskContext context) => SendAsync(customer, "welcome", context);

    public async ValueTask WarnAsync(Guid customer, TaskContext context)
    {
        if (await book.IsOnTrialAsync(customer))
        {
            await SendAsync(customer, "warning", context);
        }
    }

    public ValueTask OfferAsync(Guid customer, TaskContext context) => SendAsync(customer, "offer", context);

    private ValueTask SendAsync(Guid customer, string what, TaskContext context) =>
        context.OnceAsync(what, async cancellationToken => await mail.SendAsync(customer, what, cancellationToken));
}

// The reader's own.
public interface ITrialBook
{
    ValueTask<bool> IsOnTrialAsync(Guid customer);
}

public interface IMail
{
    ValueTask SendAsync(Guid customer, string what, CancellationToken cancellationToken);
}

public sealed class DelaysTests
{
    private static readonly Guid Customer = Guid.NewGuid();
    private static readonly DateTimeOffset End = VirtualTime.Start.AddHours(26);

    private readonly Desk _desk = new();

    [Fact]
    public async Task Everything_comes_at_its_time()
    {
        await using TaskTestHost host = await StartAsync();
        await new Trials(host.Client<ITrials>()).BeginAsync(Customer, End);

        await host.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(_desk.Sent);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["welcome"], _desk.Sent);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["welcome", "warning"], _desk.Sent);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(["welcome", "warning", "offer"], _desk.Sent);
    }

    [Fact]
    public async Task What_was_cancelled_does_not_come()
    {
        await using TaskTestHost host = await StartAsync();
        TaskId warning = await new Trials(host.Client<ITrials>()).BeginAsync(Customer, End);

        Assert.True(await new Payments(Admin(host)).PaidAsync(warning));
        await host.AdvanceAsync(TimeSpan.FromMinutes(130));

        Assert.Equal(["welcome"], _desk.Sent);
        Assert.Equal(TaskState.Cancelled, await Admin(host).GetStateAsync(warning));
        Assert.False(await new Payments(Admin(host)).PaidAsync(warning));
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_is_not_done()
    {
        await using TaskTestHost host = await StartAsync();
        TaskId warning = await new Trials(host.Client<ITrials>()).BeginAsync(Customer, End);

        _desk.HasPaid = true;
        await host.AdvanceAsync(TimeSpan.FromMinutes(130));

        Assert.Equal(["welcome"], _desk.Sent);
        Assert.Equal(TaskState.Succeeded, await Admin(host).GetStateAsync(warning));
    }

    [Fact]
    public async Task What_comes_too_late_expires_and_is_kept()
    {
        await using TaskTestHost host = await StartAsync();
        await new Trials(host.Client<ITrials>()).BeginAsync(Customer, VirtualTime.Start.AddHours(1));

        // The workers stand still for longer than the offer is good for.
        await Admin(host).PauseAsync("default");
        await host.AdvanceAsync(TimeSpan.FromMinutes(181));
        await Admin(host).ResumeAsync("default");
        await host.DrainAsync();

        Assert.Equal(["warning", "welcome"], _desk.Sent.Order(StringComparer.Ordinal));
        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(TrialsTasks.OfferArguments.Task));
        Assert.Equal(DeadLetterReason.Expired, letter.Note.Reason);
        Assert.Equal(TaskState.Expired, await Admin(host).GetStateAsync(letter.Id));
    }

    private static ITaskAdmin Admin(TaskTestHost host) => host.Services.GetRequiredService<ITaskAdmin>();

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<ITrialBook>(_desk).AddSingleton<IMail>(_desk);
        tasks.AddClient<ITrials>().AddWorker<ITrials, TrialWorker>();
    });

    private sealed class Desk : ITrialBook, IMail
    {
        public List<string> Sent { get; } = [];

        public bool HasPaid { get; set; }

        public ValueTask<bool> IsOnTrialAsync(Guid customer) => new(!HasPaid);

        public ValueTask SendAsync(Guid customer, string what, CancellationToken cancellationToken)
        {
            Sent.Add(what);
            return ValueTask.CompletedTask;
        }
    }
}
