using System.Diagnostics;
using TypedTasks;

namespace Shop;

/// <summary>
/// A day in the shop, step by step: invoices, dead letters, a second request, a sum, reminders, views. Where the worker is another process, its book and its tax service
/// are not here, and only what comes back is known.
/// </summary>
public sealed class Walkthrough(Checkout checkout, ITaskAdmin admin, TimeProvider time, InvoiceBook? book = null, TaxService? taxes = null)
{
    private const int AskedAgain = 3;
    private const int AddedUp = 20;
    private const int Reminded = 5;
    private const int Views = 100_000;
    private static readonly TimeSpan ReminderDelay = TimeSpan.FromSeconds(1);

    /// <param name="orders">The orders.</param>
    /// <param name="isShared">Whether the engine is a server, which may know of other runs.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<Report> RunAsync(IReadOnlyList<Order> orders, bool isShared, CancellationToken cancellationToken)
    {
        var report = new Report();
        IReadOnlyList<(Order Order, InvoiceId Id)> issued = await IssueInvoicesAsync(orders, report, cancellationToken);
        await ListDeadLettersAsync(report, isShared, cancellationToken);
        if (issued.Count > 0)
        {
            await AskAgainAsync(issued, report, cancellationToken);
            await AddUpAsync(issued, report, cancellationToken);
            Task<TimeSpan[]> reminding = RemindAsync(issued, cancellationToken);
            await CountViewsAsync(issued, report, cancellationToken);
            report.Reminded(Math.Min(Reminded, issued.Count), ReminderDelay, await reminding);
        }

        return report;
    }

    /// <summary>Enqueues every order, and waits for each task's result or failure.</summary>
    private async Task<IReadOnlyList<(Order Order, InvoiceId Id)>> IssueInvoicesAsync(IReadOnlyList<Order> orders, Report report, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Dictionary<TaskId, (Order Order, TaskHandle<InvoiceId> Task)> placed = [];
        foreach (Order order in orders)
        {
            TaskHandle<InvoiceId> task = await checkout.PlaceAsync(order, cancellationToken);
            if (!task.IsDuplicate)
            {
                placed.Add(task.Id, (order, task));
            }
        }

        report.Placed(orders.Count, placed.Count);
        var progress = new ProgressLine("Invoices     ", placed.Count);
        int done = 0;
        List<(Order Order, InvoiceId Id)> issued = [];
        await foreach (Task<(Order Order, InvoiceId Id, TaskFailedException? Failure)> ended in Task.WhenEach(placed.Values.Select(it => EndOf(it.Order, it.Task, cancellationToken))))
        {
            (Order order, InvoiceId id, TaskFailedException? failure) = await ended;
            if (failure is null)
            {
                issued.Add((order, id));
            }
            else
            {
                report.Failed(new Failure(order, failure));
            }

            progress.Show(++done, taxes is null ? "by another process" : $"{taxes.Unanswered} tried again");
        }

        if (book is not null && taxes is not null)
        {
            report.Invoiced(book.Invoices, taxes.Unanswered, Stopwatch.GetElapsedTime(start));
        }
        else
        {
            report.Invoiced(issued.Count, Stopwatch.GetElapsedTime(start));
        }

        return [.. issued.OrderBy(invoice => invoice.Id.Number)];
    }

    private static async Task<(Order Order, InvoiceId Id, TaskFailedException? Failure)> EndOf(Order order, TaskHandle<InvoiceId> task, CancellationToken cancellationToken)
    {
        try
        {
            return (order, await task.ResultAsync(cancellationToken), null);
        }
        catch (TaskFailedException failed)
        {
            return (order, default, failed);
        }
    }

    /// <summary>Nothing is dropped: what failed for good is still there, with its reason and its bytes.</summary>
    private async Task ListDeadLettersAsync(Report report, bool isShared, CancellationToken cancellationToken)
    {
        List<DeadLetter> letters = [];
        await foreach (DeadLetter letter in admin.ListDeadLettersAsync(new DeadLetterFilter { Contract = "invoices" }, cancellationToken))
        {
            letters.Add(letter);
        }

        // On a server there may be some of earlier runs.
        report.DeadLetters(letters, isShared);
    }

    /// <summary>Asks for invoices that there are already, as new tasks: their key is the order, so the handler is not run again, and the first result is given.</summary>
    private async Task AskAgainAsync(IReadOnlyList<(Order Order, InvoiceId Id)> issued, Report report, CancellationToken cancellationToken)
    {
        int? lookups = taxes?.Lookups;
        int same = 0;
        (Order Order, InvoiceId Id)[] invoices = [.. issued.Take(AskedAgain)];
        foreach ((Order order, InvoiceId id) in invoices)
        {
            TaskHandle<InvoiceId> task = await checkout.AskAsync(order.Id, order.Customer, order.Amount, cancellationToken);
            same += await task.ResultAsync(cancellationToken) == id ? 1 : 0;
        }

        report.AskedAgain(invoices.Length, same, taxes?.Lookups - lookups);
    }

    /// <summary>A group of tasks, and one that is given the results of all.</summary>
    private async Task AddUpAsync(IReadOnlyList<(Order Order, InvoiceId Id)> issued, Report report, CancellationToken cancellationToken)
    {
        (Order Order, InvoiceId Id)[] invoices = [.. issued.Take(AddedUp)];
        TaskHandle<decimal> sum = await checkout.AddUpAsync(invoices.Select(invoice => invoice.Order), cancellationToken);
        report.AddedUp(invoices.Length, await sum.ResultAsync(cancellationToken), book?.GrossOf([.. invoices.Select(invoice => invoice.Id)]));
    }

    /// <summary>Reminds the customers of the largest invoices, a little later; returns how long after the request.</summary>
    private async Task<TimeSpan[]> RemindAsync(IReadOnlyList<(Order Order, InvoiceId Id)> issued, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = time.GetUtcNow();
        List<TaskHandle<NoResult>> reminders = [];
        foreach ((Order order, _) in issued.OrderByDescending(invoice => invoice.Order.Amount).Take(Reminded))
        {
            reminders.Add(await checkout.RemindLaterAsync(order.Id, ReminderDelay, cancellationToken));
        }

        List<DateTimeOffset> known = [];
        foreach (TaskHandle<NoResult> reminder in reminders)
        {
            await reminder.ResultAsync(cancellationToken);
            known.Add(time.GetUtcNow());
        }

        return [.. (book?.Reminders.Values ?? known).Select(at => at - asked)];
    }

    /// <summary>Many small tasks, from the call to the settled delivery.</summary>
    private async Task CountViewsAsync(IReadOnlyList<(Order Order, InvoiceId Id)> issued, Report report, CancellationToken cancellationToken)
    {
        InvoiceId[] ids = [.. issued.Select(invoice => invoice.Id)];
        long start = Stopwatch.GetTimestamp();
        await checkout.CountViewsAsync(Enumerable.Range(0, Views).Select(i => ids[i % ids.Length]), cancellationToken);
        Lane lane = InvoicesTasks.CountViewArguments.Task.Lane;
        while (await admin.GetLaneAsync(lane, cancellationToken) is { Ready: > 0 } or { InFlight: > 0 })
        {
            await Task.Delay(1, cancellationToken);
        }

        report.Viewed(Views, book?.Views, Stopwatch.GetElapsedTime(start));
    }
}
