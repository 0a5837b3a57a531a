// Products are indexed in bulk, each under its own id.
using Microsoft.EntityFrameworkCore;
using OpenSearch.Client;

public sealed class CatalogueProduct
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public decimal Price { get; set; }
    public bool IsListed { get; set; }
}

public sealed class CatalogueContext : DbContext
{
    public DbSet<CatalogueProduct> Products => Set<CatalogueProduct>();
}

public sealed record ProductDocument(string Id, string Name, decimal Price);

[TaskContract]
public interface ICatalogueIndex
{
    [Task(TimeLimit = "10m"), Idempotent]
    Task IndexAsync(Guid[] products, string index, CancellationToken cancellationToken = default);
}

public sealed class CatalogueIndexWorker(CatalogueContext context, IOpenSearchClient search) : ICatalogueIndex
{
    public async Task IndexAsync(Guid[] products, string index, CancellationToken cancellationToken)
    {
        List<CatalogueProduct> found = await context.Products
            .AsNoTracking()
            .Where(product => products.Contains(product.Id) && product.IsListed)
            .ToListAsync(cancellationToken);
        List<ProductDocument> documents = [.. found.Select(product => new ProductDocument($"{product.Id:N}", product.Name, product.Price))];
        BulkResponse response = await search.BulkAsync(
            bulk =>
            {
                foreach (ProductDocument document in documents)
                {
                    bulk.Index<ProductDocument>(operation => operation.Index(index).Id(document.Id).Document(document));
                }

                return bulk;
            },
            cancellationToken);
        if (response.Errors)
        {
            throw new InvalidOperationException("Some products were not indexed.");
        }
    }
}
