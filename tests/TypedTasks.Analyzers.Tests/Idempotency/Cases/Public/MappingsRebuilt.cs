// The mappings of a category are thrown away and made anew: however often, there is one set of them.
using Microsoft.EntityFrameworkCore;

public sealed class ProductCategory
{
    public int Id { get; set; }
    public int ProductId { get; set; }
    public int CategoryId { get; set; }
    public bool IsSystemMapping { get; set; }
}

public sealed class MappingContext : DbContext
{
    public DbSet<ProductCategory> Mappings => Set<ProductCategory>();
}

public interface IProductRules
{
    Task<IReadOnlyList<int>> EvaluateAsync(int category, CancellationToken cancellationToken);
}

[TaskContract]
public interface IProductMappings
{
    [Task, Idempotent]
    Task RebuildAsync(int category, CancellationToken cancellationToken = default);
}

public sealed class ProductMappingWorker(MappingContext context, IProductRules rules) : IProductMappings
{
    public async Task RebuildAsync(int category, CancellationToken cancellationToken)
    {
        await context.Mappings.Where(mapping => mapping.CategoryId == category && mapping.IsSystemMapping).ExecuteDeleteAsync(cancellationToken);
        foreach (int product in await rules.EvaluateAsync(category, cancellationToken))
        {
            context.Mappings.Add(new ProductCategory { ProductId = product, CategoryId = category, IsSystemMapping = true });
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
