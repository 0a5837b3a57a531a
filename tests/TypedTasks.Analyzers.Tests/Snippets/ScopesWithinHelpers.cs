// Scopes of a helper method under keys of its own, in branches, in a loop with what the round is about.
namespace Payments;

public interface IGateway
{
    ValueTask ChargeAsync(Guid payment, CancellationToken cancellationToken);

    ValueTask MailAsync(string to, CancellationToken cancellationToken);
}

[TaskContract]
public interface IPayments
{
    [Task, Idempotent] Task PayAsync(Guid payment, string[] readers, bool isFree, TaskContext context = null!);

    [Task, Idempotent] Task WrongAsync(Guid payment, string[] readers, TaskContext context = null!);
}

public sealed class PaymentWorker(IGateway gateway) : IPayments
{
    private const string ChargeScope = "charge";

    public async Task PayAsync(Guid payment, string[] readers, bool isFree, TaskContext context)
    {
        if (isFree)
        {
            await context.OnceAsync(ChargeScope, token => gateway.MailAsync("free", token));
        }
        else
        {
            await context.OnceAsync(ChargeScope, token => gateway.ChargeAsync(payment, token));
        }

        foreach (var (reader, index) in readers.Select((reader, index) => (reader, index)))
        {
            await context.OnceAsync($"mail:{index}", token => gateway.MailAsync(reader, token));
        }
    }

    public async Task WrongAsync(Guid payment, string[] readers, TaskContext context)
    {
        await context.OnceAsync(ChargeScope, token => gateway.ChargeAsync(payment, token));
        await context.OnceAsync({|TT437:"charge"|}, token => gateway.MailAsync("us", token));
        await context.OnceAsync({|TT431:$"{payment}:{Guid.NewGuid():N}"|}, token => gateway.ChargeAsync(payment, token));
        for (int i = 0; i < readers.Length; i++)
        {
            string reader = readers[i];
            await context.OnceAsync({|TT438:$"mail:{payment}"|}, token => gateway.MailAsync(reader, token));
        }
    }
}
