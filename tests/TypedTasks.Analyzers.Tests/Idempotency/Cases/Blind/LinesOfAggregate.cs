// A line is added to the order unless it has one of that article; the other method adds one anyhow.
using Microsoft.EntityFrameworkCore;

public sealed class BasketLine
{
    public int Id { get; set; }
    public string Article { get; set; } = "";
}

public sealed class Basket
{
    private readonly List<BasketLine> _lines = [];

    public Guid Id { get; private set; }

    public IReadOnlyCollection<BasketLine> Lines => _lines.AsReadOnly();

    public void AddOnce(string article)
    {
        BasketLine? known = _lines.Find(line => line.Article == article);
        if (known is not null)
        {
            return;
        }

        _lines.Add(new BasketLine { Article = article });
    }

    public void Add(string article) => _lines.Add(new BasketLine { Article = article });
}

public sealed class BasketContext : DbContext
{
    public DbSet<Basket> Baskets => Set<Basket>();
}

[TaskContract]
public interface IBaskets
{
    [Task, Idempotent]
    Task AddOnceAsync(Guid basket, string article, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task AddAsync(Guid basket, string article, CancellationToken cancellationToken = default);
}

public sealed class BasketWorker(BasketContext database) : IBaskets
{
    public async Task AddOnceAsync(Guid basket, string article, CancellationToken cancellationToken)
    {
        Basket found = await database.Baskets.Include(one => one.Lines).SingleAsync(one => one.Id == basket, cancellationToken);
        found.AddOnce(article);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task AddAsync(Guid basket, string article, CancellationToken cancellationToken)
    {
        Basket found = await database.Baskets.Include(one => one.Lines).SingleAsync(one => one.Id == basket, cancellationToken);
        {|TT411:found.Add(article)|};
        await database.SaveChangesAsync(cancellationToken);
    }
}
