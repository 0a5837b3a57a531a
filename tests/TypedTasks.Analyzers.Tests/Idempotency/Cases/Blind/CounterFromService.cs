// A service out of the provider, that counts in a table by hand.
using System.Data;
using Dapper;
using Microsoft.Extensions.Options;

public sealed class QuotaOptions
{
    public string Table { get; set; } = "quota";
}

public sealed class QuotaService
{
    private readonly IDbConnection _connection;
    private readonly QuotaOptions _options;

    public QuotaService(IDbConnection connection, IOptions<QuotaOptions> options)
    {
        _connection = connection;
        _options = options.Value;
    }

    public async Task<int> UseAsync(Guid tenant, int units)
    {
        int used = await _connection.QuerySingleAsync<int>("SELECT used FROM quota WHERE tenant = @tenant", new { tenant });
        used += units;
        await _connection.ExecuteAsync("UPDATE quota SET used = @used WHERE tenant = @tenant", new { tenant, used });
        return used;
    }
}

[TaskContract]
public interface IQuotas
{
    [Task, Idempotent]
    ValueTask<int> UseAsync(Guid tenant, int units);
}

public sealed class QuotaWorker(IServiceProvider services) : IQuotas
{
    public async ValueTask<int> UseAsync(Guid tenant, int units)
    {
        QuotaService quotas = services.GetRequiredService<QuotaService>();
        return await {|TT412:quotas.UseAsync(tenant, units)|};
    }
}
