using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>A contract that names none of the types below.</summary>
[TaskContract("travels")]
public interface ITravels
{
    [Task(MaxAttempts = 2, Backoff = "1s")]
    ValueTask<string> GoAsync(string to, string? by = null, TaskContext context = null!);
}

[TaskPayload]
public sealed record Leg(string To, Weather Weather, Stop? Next);

/// <summary>Needs no mark: it is part of a marked type.</summary>
public sealed record Stop(int Minutes);

[TaskPayload]
public enum Weather
{
    Fair,
    Rain,
}

[TaskPayload]
public readonly record struct Ticket(Guid Number);

/// <summary>What a handler reports and records, without being named in a contract.</summary>
public sealed class PayloadMarkTests
{
    [Fact]
    public async Task Marked_types_are_reported_and_recorded()
    {
        List<Ticket> tickets = [];
        await using TaskTestHost host = await StartAsync(async context =>
        {
            Ticket ticket = await context.OnceAsync("buy", _ => new ValueTask<Ticket>(new Ticket(Guid.NewGuid())));
            tickets.Add(ticket);
            await context.ReportAsync(new Leg("Rome", await context.OnceAsync("look", _ => new ValueTask<Weather>(Weather.Rain)), new Stop(5)));
            return context.Attempt == 1 ? throw new TimeoutException() : "there";
        });
        TaskHandle<string> task = await host.Client<ITravels>().GoAsync("Rome");
        await host.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("there", await task.ResultAsync());
        Assert.Equal(2, tickets.Count);
        Assert.Equal(tickets[0], tickets[1]);
        Assert.Equal(new Leg("Rome", Weather.Rain, new Stop(5)), (await task.ProgressAsync<Leg>())?.Value);
    }

    [Fact]
    public async Task Null_for_what_may_not_be_null_is_refused_at_the_call()
    {
        await using TaskTestHost host = await StartAsync(_ => new ValueTask<string>("there"));
        ITaskClient<ITravels> travels = host.Client<ITravels>();
        int before = host.Engine.Faults.Count(EngineOperation.Publish);

        Assert.Equal("to", RefusedBy(() => travels.GoAsync(null!).AsTask()));
        Assert.Equal("to", RefusedBy(() => travels.Remote.GoAsync(null!).AsTask()));
        Assert.Equal(before, host.Engine.Faults.Count(EngineOperation.Publish));
        Assert.Equal("there", await (await travels.GoAsync("Rome", by: null)).ResultAsync());
    }

    /// <summary>The argument that a call refuses before it returns a task.</summary>
    private static string? RefusedBy(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (ArgumentNullException refused)
        {
            return refused.ParamName;
        }
    }

    private static Task<TaskTestHost> StartAsync(Func<TaskContext, ValueTask<string>> go) => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton(go);
        tasks.AddClient<ITravels>().AddWorker<ITravels, Traveller>(options => options.Lifetime = ServiceLifetime.Singleton);
    });

    private sealed class Traveller(Func<TaskContext, ValueTask<string>> go) : ITravels
    {
        public ValueTask<string> GoAsync(string to, string? by, TaskContext context) => go(context);
    }
}
