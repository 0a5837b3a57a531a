// What changed since the tag is taken over; a row is found by the key that the other side gave it, or made under it.
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed record RemoteProduct(string Sku, string Name, decimal Price);

public sealed class LocalProduct
{
    public required string Sku { get; init; }
    public string Name { get; set; } = "";
    public decimal Price { get; set; }
}

public sealed class SyncTag
{
    public string Source { get; set; } = "";
    public string? Tag { get; set; }
}

public sealed class CatalogContext : DbContext
{
    public DbSet<LocalProduct> Products => Set<LocalProduct>();
    public DbSet<SyncTag> Tags => Set<SyncTag>();
}

[TaskContract]
public interface ICatalogSync
{
    [Task, Idempotent]
    Task SyncAsync(string source, CancellationToken cancellationToken = default);
}

public sealed class CatalogSyncWorker(CatalogContext catalog, HttpClient http) : ICatalogSync
{
    public async Task SyncAsync(string source, CancellationToken cancellationToken)
    {
        SyncTag tag = await catalog.Tags.SingleAsync(one => one.Source == source, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, $"{source}/products");
        if (tag.Tag is { } known)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(known));
        }

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return;
        }

        await foreach (RemoteProduct? remote in response.Content.ReadFromJsonAsAsyncEnumerable<RemoteProduct>(cancellationToken))
        {
            if (remote is null)
            {
                continue;
            }

            LocalProduct? local = await catalog.Products.FindAsync([remote.Sku], cancellationToken);
            if (local is null)
            {
                local = new LocalProduct { Sku = remote.Sku };
                catalog.Products.Add(local);
            }

            (local.Name, local.Price) = (remote.Name, remote.Price);
        }

        tag.Tag = response.Headers.ETag?.Tag;
        await catalog.SaveChangesAsync(cancellationToken);
    }
}
