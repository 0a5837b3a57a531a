// Reads an account and asks two services; the answer is the task's result.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed class CreditAccount
{
    public Guid Id { get; set; }
    public decimal Open { get; set; }
    public string TaxNumber { get; set; } = "";
}

public sealed class CreditContext(DbContextOptions options) : DbContext
{
    public DbContextOptions Options => options;
    public DbSet<CreditAccount> Accounts => Set<CreditAccount>();
}

public sealed record DbContextOptions;

public sealed record Rating(int Score);

[TaskContract]
public interface ICreditChecks
{
    [Task(TimeLimit = "30s"), Idempotent]
    ValueTask<bool> CheckAsync(Guid account, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class CreditCheckWorker(CreditContext context, HttpClient http) : ICreditChecks
{
    public async ValueTask<bool> CheckAsync(Guid account, decimal amount, CancellationToken cancellationToken)
    {
        CreditAccount found = await context.Accounts.AsNoTracking().FirstAsync(one => one.Id == account, cancellationToken);
        Rating? rating = await http.GetFromJsonAsync<Rating>($"ratings/{found.TaxNumber}", cancellationToken);
        int limit = 0;
        limit += rating?.Score ?? 0;
        return found.Open + amount <= limit * 100m;
    }
}
