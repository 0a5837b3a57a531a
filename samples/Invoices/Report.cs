using System.Globalization;
using TypedTasks;

namespace Shop;

/// <summary>An order that got no invoice, and why.</summary>
public sealed record Failure(Order Order, TaskFailedException Exception);

/// <summary>Prints what happened, and keeps account: whatever does not add up makes the sample fail.</summary>
public sealed class Report
{
    private const int InvoicesShown = 3;

#if DEBUG
    private const string BuildRemark = " (a Debug build; try -c Release)";
#else
    private const string BuildRemark = "";
#endif

    private readonly List<string> _mismatches = [];
    private readonly Dictionary<TaskId, Failure> _failures = [];
    private int _placed;

    public void Placed(int rows, int placed)
    {
        _placed = placed;
        Line("Orders", $"{rows} rows; {rows - placed} named an order that was there already, and was recognised by its id");
    }

    public void Failed(Failure failure) => _failures.Add(failure.Exception.Id, failure);

    public void Invoiced(IReadOnlyList<Invoice> invoices, int retries, TimeSpan elapsed)
    {
        Line("Issued", $"{invoices.Count} invoices in {Seconds(elapsed)}, {PerSecond(_placed, elapsed)}: the tax service takes {TaxService.Latency.TotalMilliseconds} ms, and 4 tasks run at once");
        foreach (Invoice invoice in invoices.Take(InvoicesShown))
        {
            Line("", $"{invoice.Id}  {invoice.Customer,-24} {Money(invoice.Net)} + {Money(invoice.Tax)} tax = {Money(invoice.Gross)}");
        }

        Line("", $"{"all",-10}  {"",-24} {Money(invoices.Sum(it => it.Net))} + {Money(invoices.Sum(it => it.Tax))} tax = {Money(invoices.Sum(it => it.Gross))}");
        Line("Retried", $"{retries} attempts that the tax service left unanswered");
        Expect(invoices.Count + _failures.Count, _placed, "invoices and failures together");
    }

    /// <summary>The same, where the invoices are another process's.</summary>
    public void Invoiced(int issued, TimeSpan elapsed)
    {
        Line("Issued", $"{issued} invoices in {Seconds(elapsed)}, {PerSecond(_placed, elapsed)}, by another process");
        Expect(issued + _failures.Count, _placed, "invoices and failures together");
    }

    public void DeadLetters(IReadOnlyList<DeadLetter> kept, bool isShared)
    {
        IReadOnlyList<DeadLetter> letters = isShared ? [.. kept.Where(letter => _failures.ContainsKey(letter.Id))] : kept;
        Line("Dead letters", $"{letters.Count}, kept with their reason and their original bytes");
        foreach (DeadLetter letter in letters)
        {
            string customer = _failures.TryGetValue(letter.Id, out Failure? failure) ? failure.Order.Customer : "?";
            Line("", $"{customer}: {letter.Reason} after attempt {letter.Attempts}, {letter.Envelope.Length} bytes: {letter.Failure?.Message}");
        }

        Expect(letters.Count(letter => _failures.ContainsKey(letter.Id)), _failures.Count, "dead letters of failed tasks");
        Expect(letters.Count, _failures.Count, "dead letters");
    }

    public void AskedAgain(int asked, int same, int? lookups)
    {
        Line("Asked again", $"{asked} invoices, by new tasks: {same} gave the first one's number" + (lookups is null ? "" : $", and {lookups} looked a tax rate up again"));
        Expect(same, asked, "invoices asked for again that kept their number");
        Expect(lookups ?? 0, 0, "lookups for invoices asked for again");
    }

    public void AddedUp(int invoices, decimal sum, decimal? expected)
    {
        Line("Added up", $"{invoices} invoices, a task each, and one that was given their numbers when all were there: {sum.ToString("N2", CultureInfo.InvariantCulture)}");
        if (expected is { } known && known != sum)
        {
            _mismatches.Add($"the sum of {invoices} invoices: {sum} instead of {known}");
        }
    }

    public void Reminded(int asked, TimeSpan delay, IReadOnlyCollection<TimeSpan> delays)
    {
        Line("Reminders", $"{delays.Count}, sent {Seconds(delays.Min())} to {Seconds(delays.Max())} after they were asked for with a delay of {Seconds(delay)}");
        Expect(delays.Count, asked, "reminders");
        Expect(delays.Count(it => it < delay), 0, "reminders that came early");
    }

    public void Viewed(int enqueued, long? counted, TimeSpan elapsed)
    {
        Line("Views", $"{enqueued:N0} tiny tasks in {Seconds(elapsed)}, {PerSecond(enqueued, elapsed)}, from the call to the settled delivery{BuildRemark}");
        Expect(counted ?? enqueued, enqueued, "counted views");
    }

    /// <summary>Says where to go next, or what does not add up; returns the exit code.</summary>
    public int Close()
    {
        Console.WriteLine(_mismatches.Count > 0
            ? $"\nThis does not add up:\n{string.Join('\n', _mismatches.Select(mismatch => $"  {mismatch}"))}"
            : """

            Everything adds up. Where to go next:
              samples/Invoices/IInvoices.cs, Checkout.cs, InvoiceWorker.cs, Program.cs    contract, producer, worker, host
              dotnet run --project samples/Invoices -- --verbose                          what the worker logs
              dotnet run --project samples/Invoices -- --orders <file>                    your own orders
              README.md, CONTRIBUTING.md                                                  the guarantees, the house
            """);
        return _mismatches.Count > 0 ? 1 : 0;
    }

    private void Expect(long actual, long expected, string what)
    {
        if (actual != expected)
        {
            _mismatches.Add($"{what}: {actual} instead of {expected}");
        }
    }

    private static void Line(string label, string text) => Console.WriteLine($"{label,-13} {text}");

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture).PadLeft(10);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);

    private static string PerSecond(int count, TimeSpan elapsed) => (count / elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture) + " a second";
}
