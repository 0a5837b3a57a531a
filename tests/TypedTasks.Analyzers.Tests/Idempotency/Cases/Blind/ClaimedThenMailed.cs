// A row is claimed by an update before its mail goes out.
using System.Data;
using Dapper;

public interface IInvoiceMailer
{
    Task SendInvoiceAsync(Guid invoice);
}

[TaskContract]
public interface IClaimedInvoices
{
    [Task, Idempotent]
    Task SendAsync(Guid invoice);
}

public sealed class ClaimedInvoiceWorker(IDbConnection connection, IInvoiceMailer mailer) : IClaimedInvoices
{
    public async Task SendAsync(Guid invoice)
    {
        int claimed = await connection.ExecuteAsync("UPDATE invoices SET sent_at = now() WHERE id = @invoice AND sent_at IS NULL", new { invoice });
        if (claimed != 1)
        {
            return;
        }

        await mailer.SendInvoiceAsync(invoice);
    }
}
