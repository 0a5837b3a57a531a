// The row is loaded, the call is tried, and its failure is logged: the task is done, and nothing was.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class ShippedBox
{
    public int Id { get; set; }
    public string Carrier { get; set; } = "";
}

public sealed class BoxContext : DbContext
{
    public DbSet<ShippedBox> Boxes => Set<ShippedBox>();
}

public interface ICarrierRepository
{
    Task<string> GetTokenAsync(string carrier);
}

[TaskContract]
public interface IBoxes
{
    [Task, Idempotent]
    Task AnnounceAsync(int box, CancellationToken cancellationToken = default);
}

public sealed class BoxWorker(BoxContext context, ICarrierRepository carriers, HttpClient http, ILogger<BoxWorker> log) : IBoxes
{
    public async Task AnnounceAsync(int box, CancellationToken cancellationToken)
    {
        ShippedBox? found = await context.Boxes.FindAsync([box], cancellationToken);
        if (found is null)
        {
            return;
        }

        string token = await carriers.GetTokenAsync(found.Carrier);
        try
        {
            await http.PutAsync($"/carriers/{found.Carrier}/boxes/{box}?token={token}", null, cancellationToken);
        }
        catch {|TT506:(Exception e)|}
        {
            log.LogError(e, "{Box} was not announced", box);
        }
    }
}
