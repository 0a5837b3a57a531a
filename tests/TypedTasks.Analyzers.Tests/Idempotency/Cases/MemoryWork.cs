using System.Globalization;
using System.Text;
using System.Text.Json;

public sealed record Line(string Name, decimal Price, int Count);

public sealed record Totals(decimal Sum, string Text);

[TaskContract]
public interface ITotals
{
    [Task, Idempotent]
    Task<Totals> SumAsync(Line[] lines);
}

public sealed class TotalsWorker : ITotals
{
    private static readonly Dictionary<string, decimal> Rates = [];

    public Task<Totals> SumAsync(Line[] lines)
    {
        List<Line> sorted = [.. lines.OrderBy(line => line.Name, StringComparer.Ordinal)];
        sorted.Add(new Line("shipping", 4, 1));
        StringBuilder text = new();
        decimal sum = 0;
        foreach (Line line in sorted)
        {
            sum += line.Price * line.Count;
            text.Append(CultureInfo.InvariantCulture, $"{line.Name};");
        }

        Rates["last"] = sum;
        text.Append(JsonSerializer.Serialize(sorted));
        return Task.FromResult(new Totals(sum, text.ToString()));
    }
}
