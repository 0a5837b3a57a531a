// A licence is renewed by a month, unless this payment has done so already.
using Microsoft.EntityFrameworkCore;

public sealed class Licence
{
    public Guid Id { get; set; }
    public DateTimeOffset Expires { get; set; }
    public Guid? LastPayment { get; set; }
}

public sealed class LicenceContext : DbContext
{
    public DbSet<Licence> Licences => Set<Licence>();
}

[TaskContract]
public interface ILicences
{
    [Task, Idempotent]
    Task RenewAsync(Guid licence, Guid payment, CancellationToken cancellationToken = default);
}

public sealed class LicenceWorker(LicenceContext context) : ILicences
{
    public async Task RenewAsync(Guid licence, Guid payment, CancellationToken cancellationToken)
    {
        Licence found = await context.Licences.SingleAsync(one => one.Id == licence, cancellationToken);
        if (found.LastPayment == payment)
        {
            return;
        }

        found.Expires = found.Expires.AddMonths(1);
        found.LastPayment = payment;
        await context.SaveChangesAsync(cancellationToken);
    }
}
