using System.Collections.Concurrent;

namespace Shop;

/// <summary>Stands for a tax service across the network: it knows where customers are registered, takes its time, and sometimes does not answer.</summary>
public sealed class TaxService(IEnumerable<Order> orders)
{
    /// <summary>How long a lookup takes.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, string> _countryByCustomer = orders.GroupBy(order => order.Customer).ToDictionary(group => group.Key, group => group.First().Country);
    private readonly ConcurrentDictionary<string, int> _lookups = new();
    private int _total;
    private int _unanswered;

    /// <summary>Lookups so far.</summary>
    public int Lookups => Volatile.Read(ref _total);

    /// <summary>Lookups that went unanswered so far.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>The tax rate of a customer's country.</summary>
    /// <exception cref="TaxServiceException">No answer; the next lookup may get one.</exception>
    /// <exception cref="UnknownCountryException">There is no rate, and asking again will not make one.</exception>
    public async ValueTask<decimal> RateForAsync(string customer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _total);
        await Task.Delay(Latency, cancellationToken);
        int lookup = _lookups.AddOrUpdate(customer, 1, (_, count) => count + 1);
        if (lookup <= UnansweredFor(customer))
        {
            Interlocked.Increment(ref _unanswered);
            throw new TaxServiceException($"The tax service did not answer for {customer}.");
        }

        return RateOf(_countryByCustomer[customer]);
    }

    /// <summary>How many of a customer's first lookups go unanswered.</summary>
    private static int UnansweredFor(string customer) => customer switch
    {
        "Halvorsen Optik" or "Meier Uhren" or "Byrne Print" => 1,
        "Papelaria Rodrigues" or "Kowalski Meble" or "Lindqvist Design" => 2,
        _ => 0,
    };

    private static decimal RateOf(string country) => country switch
    {
        "CH" => 0.081m,
        "DE" => 0.19m,
        "AT" or "FR" => 0.20m,
        "BE" or "CZ" or "ES" or "NL" => 0.21m,
        "IT" => 0.22m,
        "IE" or "PL" or "PT" => 0.23m,
        "DK" or "NO" or "SE" => 0.25m,
        "FI" => 0.255m,
        _ => throw new UnknownCountryException($"There is no tax rate for the country {country}."),
    };
}

/// <summary>The tax service did not answer. Worth another try.</summary>
public sealed class TaxServiceException(string message) : Exception(message);

/// <summary>A country without a tax rate. The contract says that it is not worth another try.</summary>
public sealed class UnknownCountryException(string message) : Exception(message);
