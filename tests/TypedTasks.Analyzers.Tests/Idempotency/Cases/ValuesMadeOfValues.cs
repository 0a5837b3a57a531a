// Values that are made of the values that were there, and are the same when they are made again; and an amount that is added unless it was.
using System.Collections.Immutable;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public readonly record struct PostalAddress(string Street, string City)
{
    public PostalAddress Normalized() => new(Street.Trim(), City.ToUpperInvariant());
}

public sealed class Household
{
    public Guid Id { get; set; }
    public PostalAddress Address { get; set; }
    public decimal Paid { get; set; }
    public Guid LastPayment { get; set; }
    public string Label { get; set; } = "";
}

public sealed class HouseholdContext : DbContext
{
    public DbSet<Household> Households => Set<Household>();
}

public static class KnownHouseholds
{
    private static ImmutableHashSet<Guid> _known = [];

    public static void Note(Guid household) => ImmutableInterlocked.Update(ref _known, static (known, added) => known.Add(added), household);
}

[TaskContract]
public interface IHouseholds
{
    [Task, Idempotent]
    Task NormalizeAsync(Guid household);

    [Task, Idempotent]
    Task PayAsync(Guid household, Guid payment, decimal amount);

    [Task, Idempotent]
    Task TellAsync(Guid household, string[] services);
}

public sealed class HouseholdWorker(HouseholdContext households, HttpClient http) : IHouseholds
{
    public async Task NormalizeAsync(Guid household)
    {
        Household found = await households.Households.SingleAsync(one => one.Id == household);
        found.Address = found.Address.Normalized();
        string label = $"{found.Label}/{found.Id}";
        label = $"{found.Id}";
        found.Label = label;
        await households.SaveChangesAsync();
        KnownHouseholds.Note(household);
    }

    public async Task PayAsync(Guid household, Guid payment, decimal amount)
    {
        Household found = await households.Households.SingleAsync(one => one.Id == household);
        decimal paid = found switch
        {
            { LastPayment: var last } when last == payment => found.Paid,
            _ => found.Paid + amount,
        };
        found.Paid = paid;
        found.LastPayment = payment;
        await households.SaveChangesAsync();
    }

    public async Task TellAsync(Guid household, string[] services)
    {
        List<Task> told = [];
        foreach (string service in services)
        {
            told.Add(http.PutAsync($"{service}/households/{household}", null));
        }

        await AllAsync(told);
        List<Task> forgotten = [.. services.Select(service => http.DeleteAsync($"{service}/drafts/{household}"))];
        forgotten.Add(http.DeleteAsync($"drafts/{household}"));
        await Task.WhenAll(forgotten);
    }

    private static Task AllAsync(List<Task> all) => Task.WhenAll(all);
}
