// Keys of tasks and of scopes that are other ones each time, or the same for everything.
using System.Net.Http;

[TaskContract]
public interface IPaymentRefunds
{
    [Task, Idempotent(Key = {|TT433:"{payment}:{sentAt}"|})]
    Task RefundAsync(Guid payment, DateTimeOffset sentAt, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task NotifyAsync(Guid payment, TaskContext context);
}

[TaskContract]
public interface IRefundSettlements
{
    [Task, Idempotent(Key = {|TT432:"refund"|})]
    Task SettleAsync(Guid payment, CancellationToken cancellationToken = default);
}

public sealed class RefundWorker(HttpClient http) : IPaymentRefunds
{
    public Task RefundAsync(Guid payment, DateTimeOffset sentAt, CancellationToken cancellationToken) => http.PutAsync($"refunds/{payment}", null, cancellationToken);

    public async Task NotifyAsync(Guid payment, TaskContext context) =>
        await context.OnceAsync({|TT431:$"notify:{payment}:{DateTime.UtcNow:O}"|}, async token => await http.PostAsync($"notifications/{payment}", null, token));
}
