// Links put together in one place, for all who capture a payment.
namespace Payments;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent] ValueTask<Guid> AuthorizeAsync(string card, decimal amount);
    [Task, Idempotent] ValueTask<decimal> CaptureAsync(Guid authorization, string currency);
    [Task, Idempotent] ValueTask<string> ReceiptAsync(Guid authorization);
    [Task, Idempotent] ValueTask<string> BookAsync(decimal amount, string account);
    [Task, AtMostOnce] ValueTask MailAsync(string text, string address);
}

internal static class Settlement
{
    public static TaskLink<Guid, string> Booked(string currency, string account) => PaymentsTasks.CaptureLink(currency).Then(PaymentsTasks.BookLink(account));

    public static TaskLink<Guid, string> WithReceipt(string currency) => PaymentsTasks.CaptureLink(currency).Then({|TT801:PaymentsTasks.ReceiptLink()|});

    public static TaskLink<Guid, NoResult> Mailed(string currency, string account, string address)
    {
        var booked = Booked(currency, account);
        return booked.Then(PaymentsTasks.MailLink(address));
    }

    public static TaskChain<NoResult> Pay(string card, decimal amount, string address) =>
        Canvas.Chain(PaymentsTasks.Authorize(card, amount)).Then({|TT801:PaymentsTasks.MailLink(address)|});
}
