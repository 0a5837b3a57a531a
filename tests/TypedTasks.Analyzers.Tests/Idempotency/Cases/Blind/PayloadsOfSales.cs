// What travels, and what cannot.
using System.IO;

public sealed record SalesLine(string Sku, int Count, decimal Price);

public sealed record SalesReport(Guid Id, IReadOnlyList<SalesLine> Lines, Dictionary<string, decimal> Totals, DateTimeOffset Made);

public abstract record SalesEvent(Guid Id);

[TaskContract]
public interface ISalesReports
{
    [Task, Idempotent]
    Task StoreAsync(SalesReport report, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StoreFileAsync(Guid id, Stream {|TT302:file|}, CancellationToken cancellationToken = default);
}
