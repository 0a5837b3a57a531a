// Windows, attempts and delays by constants: too short, and long enough.
namespace Payments;

internal static class Policy
{
    internal const int Many = 20;
    internal const string Short = "1h";
}

[TaskContract]
internal interface IPayments
{
    [Task(MaxAttempts = Policy.Many, Backoff = "10m")]
    [Idempotent(Key = nameof(payment), Window = {|TT436:Policy.Short|})]
    Task PayAsync(Guid payment);

    [Task(TimeLimit = "1m", MaxAttempts = Policy.Many, Backoff = "10m")]
    [Idempotent(Window = "1d", Key = nameof(payment))]
    Task RefundAsync(Guid payment);

    [Task(MaxAttempts = 2, Backoff = "1s", TimeLimit = "10s")]
    [Idempotent(Window = "1m", Key = nameof(payment))]
    Task NoteAsync(Guid payment);
}
