// A digest of the week goes out to whoever asked for it, if nobody has claimed it before.
using StackExchange.Redis;

public interface IDigestMailer
{
    Task SendDigestAsync(string address, IReadOnlyList<string> headlines, CancellationToken cancellationToken);
}

[TaskContract]
public interface IClaimedDigests
{
    [Task, Idempotent]
    Task SendAsync(string reader, string address, int year, int week, string[] headlines, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class WeeklyDigestWorker(IConnectionOfRedis connection, IDigestMailer mailer) : IClaimedDigests
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public async Task SendAsync(string reader, string address, int year, int week, string[] headlines, TaskContext context, CancellationToken cancellationToken)
    {
        IDatabase redis = connection.Database;
        string claim = $"digest:{reader}:{year}-{week:D2}";
        if (!await redis.StringSetAsync(claim, context.Id.ToString(), Remembered, When.NotExists))
        {
            return;
        }

        try
        {
            await mailer.SendDigestAsync(address, headlines, cancellationToken);
        }
        catch
        {
            await redis.KeyDeleteAsync(claim);
            throw;
        }
    }
}

public interface IConnectionOfRedis
{
    IDatabase Database { get; }
}
