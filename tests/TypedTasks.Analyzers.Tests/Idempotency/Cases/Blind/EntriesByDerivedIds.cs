// Both entries of a refund have ids that are worked out of the refund's; the table takes each once.
using System.Data;
using System.Security.Cryptography;
using System.Text;
using Dapper;

public sealed record JournalEntry(Guid Id, string Account, long Cents)
{
    public static JournalEntry For(Guid refund, string account, long cents) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{refund:N}/{account}")).AsSpan(0, 16)), account, cents);
}

[TaskContract]
public interface IJournal
{
    [Task, Idempotent]
    Task RefundAsync(Guid refund, string buyer, long cents);
}

public sealed class JournalWorker(IDbConnection connection) : IJournal
{
    private const string Insert = "INSERT INTO journal (id, account, cents) VALUES (@Id, @Account, @Cents) ON CONFLICT (id) DO NOTHING";

    public async Task RefundAsync(Guid refund, string buyer, long cents)
    {
        connection.Open();
        using IDbTransaction transaction = connection.BeginTransaction();
        foreach (JournalEntry entry in (JournalEntry[])[JournalEntry.For(refund, "sales", -cents), JournalEntry.For(refund, buyer, cents)])
        {
            await connection.ExecuteAsync(Insert, entry, transaction);
        }

        transaction.Commit();
    }
}
