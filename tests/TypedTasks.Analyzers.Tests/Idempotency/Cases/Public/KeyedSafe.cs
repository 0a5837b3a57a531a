// A key for the whole, and effects that may be repeated: nothing is left to say.
using System.IO;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class StockLevel
{
    public int Id { get; set; }
    public int Level { get; set; }
}

public sealed class StockContext : DbContext
{
    public DbSet<StockLevel> Levels => Set<StockLevel>();
}

[TaskContract]
public interface IStockLevels
{
    [Task, Idempotent(Key = "{product}:{count}")]
    Task SetAsync(int product, int count, CancellationToken cancellationToken = default);
}

public sealed class StockLevelWorker(StockContext stock, HttpClient http) : IStockLevels
{
    public async Task SetAsync(int product, int count, CancellationToken cancellationToken)
    {
        await stock.Levels.Where(one => one.Id == product).ExecuteUpdateAsync(set => set.SetProperty(one => one.Level, count), cancellationToken);
        await http.PutAsync($"/shop/{product}/level/{count}", null, cancellationToken);
        await File.WriteAllTextAsync($"levels/{product}", count.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
    }
}
