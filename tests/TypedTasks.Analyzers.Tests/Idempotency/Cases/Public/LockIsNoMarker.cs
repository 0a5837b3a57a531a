// A lock keeps two workers apart; after a crash it is free, and the mail goes out again.
using Medallion.Threading;
using StackExchange.Redis;

public interface IPayrollMailer
{
    Task SendPayslipAsync(Guid employee);
}

[TaskContract]
public interface IPayslips
{
    [Task, Idempotent]
    Task SendAsync(Guid employee, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendByRedisAsync(Guid employee);
}

public sealed class PayslipWorker(IDistributedLockProvider locks, IDatabase redis, IPayrollMailer mailer) : IPayslips
{
    public async Task SendAsync(Guid employee, CancellationToken cancellationToken)
    {
        await using IDistributedSynchronizationHandle? held = await locks.TryAcquireLockAsync($"payslip:{employee}", TimeSpan.Zero, cancellationToken);
        if (held is null)
        {
            throw new TimeoutException("Somebody else sends it");
        }

        await {|TT414:mailer.SendPayslipAsync(employee)|};
    }

    public async Task SendByRedisAsync(Guid employee)
    {
        string key = $"payslip:{employee}";
        if (!await redis.LockTakeAsync(key, "worker", TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("Somebody else sends it");
        }

        try
        {
            await {|TT414:mailer.SendPayslipAsync(employee)|};
        }
        finally
        {
            await redis.LockReleaseAsync(key, "worker");
        }
    }
}
