// Statements of a month, each in a file whose name says which; written anew whenever asked.
using System.Globalization;
using System.IO;
using System.Text.Json;

public sealed record StatementLine(DateOnly Day, string Text, decimal Amount);

public interface ILedgerReader
{
    IAsyncEnumerable<StatementLine> ReadAsync(Guid account, int year, int month, CancellationToken cancellationToken);
}

[TaskContract]
public interface IStatements
{
    [Task, Idempotent]
    Task WriteAsync(Guid account, int year, int month, CancellationToken cancellationToken = default);
}

public sealed class StatementWorker(ILedgerReader ledger) : IStatements
{
    public async Task WriteAsync(Guid account, int year, int month, CancellationToken cancellationToken)
    {
        List<StatementLine> lines = [];
        decimal sum = 0;
        await foreach (StatementLine line in ledger.ReadAsync(account, year, month, cancellationToken))
        {
            lines.Add(line);
            sum += line.Amount;
        }

        string folder = Path.Combine("statements", account.ToString("N"));
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}.json"));
        string partial = file + ".partial";
        await using (FileStream stream = File.Create(partial))
        {
            await JsonSerializer.SerializeAsync(stream, new { account, lines, sum }, cancellationToken: cancellationToken);
        }

        File.Move(partial, file, overwrite: true);
    }
}
