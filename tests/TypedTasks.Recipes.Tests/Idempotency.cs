using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.Idempotency;

[TaskContract("payments")]
public interface IPayments
{
    // Completes once an order: who enqueues it again within two days gets the first receipt.
    [Task(MaxAttempts = 3, Backoff = "10s")]
    [Idempotent(Key = nameof(order), Window = "2d")]
    ValueTask<string> ChargeAsync(Guid order, decimal amount, TaskContext context = null!);

    // A key of several values.
    [Task]
    [Idempotent(Key = "{customer}:{month}")]
    ValueTask CloseMonthAsync(Guid customer, int month, TaskContext context = null!);

    // Started once or not at all.
    [Task(KeepOutcome = "10m")]
    [AtMostOnce]
    ValueTask NotifyAsync(Guid customer, string text, CancellationToken cancellationToken = default);
}

public sealed class PaymentWorker(IBank bank, IMail mail, Ledger ledger) : IPayments
{
    public async ValueTask<string> ChargeAsync(Guid order, decimal amount, TaskContext context)
    {
        // Recorded when it has happened: a later attempt gets the receipt, and the bank is not asked again. The bank's own key closes the gap
        // between the effect and its record.
        string receipt = await context.OnceAsync("charge", async cancellationToken => await bank.ChargeAsync($"charge:{order}", amount, cancellationToken));
        await context.OnceAsync("mail", async cancellationToken => await mail.SendReceiptAsync(order, receipt, cancellationToken));

        if (!ledger.TryWrite(order, receipt, context.Fence))
        {
            // A later delivery of this task has been here: this one is over.
            throw new LeaseLostException();
        }

        return receipt;
    }

    public async ValueTask CloseMonthAsync(Guid customer, int month, TaskContext context) =>
        await context.OnceAsync("mail", async cancellationToken => await mail.SendStatementAsync(customer, month, cancellationToken));

    public ValueTask NotifyAsync(Guid customer, string text, CancellationToken cancellationToken) => mail.PushAsync(customer, text, cancellationToken);
}

// Stands for a table: whoever writes says under which fence, and a smaller one than the row's changes nothing.
public sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (string Receipt, long Fence)> _rows = [];

    public bool TryWrite(Guid order, string receipt, long fence)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(order, out (string Receipt, long Fence) row) && row.Fence > fence)
            {
                return false;
            }

            _rows[order] = (receipt, fence);
            return true;
        }
    }

    public string? Find(Guid order)
    {
        lock (_gate)
        {
            return _rows.TryGetValue(order, out (string Receipt, long Fence) row) ? row.Receipt : null;
        }
    }
}

// The reader's own.
public interface IBank
{
    ValueTask<string> ChargeAsync(string idempotencyKey, decimal amount, CancellationToken cancellationToken);
}

public interface IMail
{
    ValueTask SendReceiptAsync(Guid order, string receipt, CancellationToken cancellationToken);

    ValueTask SendStatementAsync(Guid customer, int month, CancellationToken cancellationToken);

    ValueTask PushAsync(Guid customer, string text, CancellationToken cancellationToken);
}

public sealed class IdempotencyTests
{
    private readonly Outside _outside = new();
    private readonly Ledger _ledger = new();
    private readonly Guid _order = Guid.NewGuid();

    [Fact]
    public async Task An_order_that_is_enqueued_twice_is_charged_once()
    {
        await using TaskTestHost host = await StartAsync();

        TaskHandle<string> first = await host.Client<IPayments>().ChargeAsync(_order, 10m);
        TaskHandle<string> second = await host.Client<IPayments>().ChargeAsync(_order, 10m);
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("R1", await first.ResultAsync());
        Assert.Equal("R1", await second.ResultAsync());
        Assert.Equal(["charge", "receipt"], _outside.Done);
        Assert.Equal("R1", _ledger.Find(_order));
    }

    [Fact]
    public async Task An_effect_that_is_recorded_is_not_repeated_when_a_later_one_fails()
    {
        await using TaskTestHost host = await StartAsync();
        _outside.MailFailures = 1;

        TaskHandle<string> task = await host.Client<IPayments>().ChargeAsync(_order, 10m);
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("R1", await task.ResultAsync());
        Assert.Equal(["charge", "receipt"], _outside.Done);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_changes_nothing_in_the_readers_own_database()
    {
        using var early = new TestTaskContext(fence: 7);
        using TestTaskContext late = early.NextAttempt();
        var worker = new PaymentWorker(_outside, _outside, _ledger);

        await worker.ChargeAsync(_order, 10m, late);
        await Assert.ThrowsAsync<LeaseLostException>(async () => await worker.ChargeAsync(_order, 10m, early));

        Assert.True(_ledger.TryWrite(_order, "R2", late.Fence));
    }

    [Fact]
    public async Task A_key_of_several_values_is_completed_once_for_each_of_them()
    {
        await using TaskTestHost host = await StartAsync();
        var customer = Guid.NewGuid();

        await host.Client<IPayments>().CloseMonthAsync(customer, 1);
        await host.Client<IPayments>().CloseMonthAsync(customer, 2);
        await host.Client<IPayments>().CloseMonthAsync(customer, 2);
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["statement 1", "statement 2"], _outside.Done.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_runs_at_most_once_is_not_tried_again()
    {
        await using TaskTestHost host = await StartAsync();
        _outside.MailFailures = 1;

        TaskHandle<NoResult> task = await host.Client<IPayments>().NotifyAsync(Guid.NewGuid(), "Thank you");
        await host.DrainAsync();

        Assert.Equal(TaskState.Failed, await task.StateAsync());
        Assert.Empty(_outside.Done);
        Assert.Empty(await host.DeadLettersAsync(PaymentsTasks.NotifyArguments.Task));
    }

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<IBank>(_outside).AddSingleton<IMail>(_outside).AddSingleton(_ledger);
        tasks.AddClient<IPayments>().AddWorker<IPayments, PaymentWorker>();
    });

    private sealed class Outside : IBank, IMail
    {
        public List<string> Done { get; } = [];

        public int MailFailures { get; set; }

        public ValueTask<string> ChargeAsync(string idempotencyKey, decimal amount, CancellationToken cancellationToken)
        {
            Done.Add("charge");
            return new ValueTask<string>($"R{Done.Count}");
        }

        public ValueTask SendReceiptAsync(Guid order, string receipt, CancellationToken cancellationToken) => Send("receipt");

        public ValueTask SendStatementAsync(Guid customer, int month, CancellationToken cancellationToken) => Send($"statement {month}");

        public ValueTask PushAsync(Guid customer, string text, CancellationToken cancellationToken) => Send("push");

        private ValueTask Send(string what)
        {
            lock (Done)
            {
                if (MailFailures-- > 0)
                {
                    throw new HttpRequestException("The mail server is away.");
                }

                Done.Add(what);
            }

            return ValueTask.CompletedTask;
        }
    }
}
