// A customer is made at the provider's if he has no number there yet; the number is kept.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed class Tenant
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
    public string? Phone { get; set; }
    public string? ProviderId { get; set; }
}

public sealed record ProviderCustomer(string Id);

public sealed class TenantContext : DbContext
{
    public DbSet<Tenant> Tenants => Set<Tenant>();
}

[TaskContract]
public interface ITenantSetup
{
    [Task, Idempotent]
    Task CreateAsync(Guid tenant, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task GreetAsync(Guid tenant, CancellationToken cancellationToken = default);
}

public sealed class TenantSetupWorker(TenantContext tenants, HttpClient http) : ITenantSetup
{
    public async Task CreateAsync(Guid tenant, CancellationToken cancellationToken)
    {
        Tenant found = await tenants.Tenants.SingleAsync(one => one.Id == tenant, cancellationToken);
        if (!string.IsNullOrEmpty(found.ProviderId))
        {
            return;
        }

        using HttpResponseMessage response = await http.PostAsJsonAsync("/customers", new { found.Email }, cancellationToken);
        found.ProviderId = (await response.Content.ReadFromJsonAsync<ProviderCustomer>(cancellationToken))!.Id;
        await tenants.SaveChangesAsync(cancellationToken);
    }

    public async Task GreetAsync(Guid tenant, CancellationToken cancellationToken)
    {
        Tenant found = await tenants.Tenants.SingleAsync(one => one.Id == tenant, cancellationToken);
        if (found.Phone == null)
        {
            await {|TT410:http.PostAsJsonAsync("/letters", new { found.Email }, cancellationToken)|};
        }
    }
}
