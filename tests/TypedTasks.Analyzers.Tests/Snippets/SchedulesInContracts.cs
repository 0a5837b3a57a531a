// Times on the tasks of a contract, by constants and in lists, and where they are of no use.
namespace Books;

public static class Times
{
    public const string Nightly = "0 2 * * *";
    public const string EndOfMonth = "0 18 LW * *";
    public const string Often = "90 seconds";
}

[TaskContract]
public interface IBooks
{
    [Task, Idempotent]
    [Schedule(Times.Nightly, TimeZone = "Europe/Lisbon", SkipWhileRunning = true)]
    Task CloseDayAsync(TaskContext context, CancellationToken cancellationToken);

    [Schedule(Times.EndOfMonth, Missed = MissedRuns.Each), Task, Idempotent]
    Task<int> CloseMonthAsync(int tries = 3, string? region = null);

    [Task, Idempotent(Key = "{tenant}"), Schedule("0 * * * *")]
    Task CountAsync(Guid? tenant = null);

    [Task, Idempotent]
    Task SettleAsync(Guid invoice);
}

[TaskContract]
public interface ILedgers
{
    [Task(KeepOutcome = "none"), AtMostOnce, Schedule(Every = {|TT108:Times.Often|})]
    Task PollAsync();

    [Task, Idempotent, Schedule({|TT108:"0 0 31 2,4 *"|}, TimeZone = "Europe/Lisbon")]
    Task NeverAsync(int {|TT108:year|}, int month = 0);
}

public sealed class BookKeeper(ITaskClient<IBooks> books) : IBooks
{
    [Schedule("0 6 * * *")]
    public async Task {|TT105:CloseDayAsync|}(TaskContext context, CancellationToken cancellationToken) => await books.SettleAsync(Guid.Empty, cancellationToken: cancellationToken);

    public Task<int> CloseMonthAsync(int tries, string? region) => Task.FromResult(tries);

    public Task CountAsync(Guid? tenant) => Task.CompletedTask;

    public Task SettleAsync(Guid invoice) => Task.CompletedTask;
}
