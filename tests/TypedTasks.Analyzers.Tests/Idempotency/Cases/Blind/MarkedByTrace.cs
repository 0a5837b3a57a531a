// A shop's voucher is made where the order has none yet.
using Microsoft.EntityFrameworkCore;

public sealed class VoucherOrder
{
    public Guid Id { get; set; }
    public string? VoucherCode { get; set; }
    public Guid? VoucherId { get; set; }
}

public sealed class Voucher
{
    public Guid Id { get; set; }
    public decimal Value { get; set; }
}

public sealed class VoucherContext : DbContext
{
    public DbSet<VoucherOrder> Orders => Set<VoucherOrder>();
    public DbSet<Voucher> Vouchers => Set<Voucher>();
}

[TaskContract]
public interface IVouchers
{
    [Task, Idempotent]
    Task IssueAsync(Guid order, decimal value, CancellationToken cancellationToken = default);
}

public sealed class VoucherWorker(VoucherContext context) : IVouchers
{
    public async Task IssueAsync(Guid order, decimal value, CancellationToken cancellationToken)
    {
        VoucherOrder found = await context.Orders.SingleAsync(one => one.Id == order, cancellationToken);
        if (found.VoucherId.HasValue)
        {
            return;
        }

        Voucher voucher = new() { Id = Guid.NewGuid(), Value = value };
        context.Vouchers.Add(voucher);
        found.VoucherId = voucher.Id;
        await context.SaveChangesAsync(cancellationToken);
    }
}
