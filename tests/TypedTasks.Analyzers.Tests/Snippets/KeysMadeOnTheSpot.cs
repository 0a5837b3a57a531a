// A key that is new at each call: by a named argument, in a call value; and keys that are kept.
namespace Payments;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent(Key = "{payment}")] Task PayAsync(Guid payment, decimal amount, Guid trace);
}

public sealed class Checkout(ITaskClient<IPayments> payments)
{
    public async Task PayAsync(decimal amount) =>
        await payments.PayAsync(amount: amount, trace: Guid.NewGuid(), payment: {|TT430:Guid.NewGuid()|});

    public async Task PayByValueAsync(decimal amount, Guid trace) =>
        await payments.EnqueueAsync(PaymentsTasks.Pay({|TT430:Guid.CreateVersion7()|}, amount, trace));

    public async Task<Guid> PayOnceAsync(decimal amount)
    {
        Guid payment = Guid.NewGuid();
        await payments.PayAsync(payment, amount, trace: Guid.NewGuid());
        return payment;
    }
}
