// A remote procedure that makes something, without any key.
using Grpc.Core;

public sealed class CreatePaymentRequest
{
    public string OrderId { get; set; } = "";
    public long Cents { get; set; }
}

public sealed class CreatePaymentReply
{
    public string PaymentId { get; set; } = "";
}

public sealed class GetPaymentRequest
{
    public string OrderId { get; set; } = "";
}

public static class Payments
{
    public class PaymentsClient : ClientBase<PaymentsClient>
    {
        public virtual AsyncUnaryCall<CreatePaymentReply> CreatePaymentAsync(CreatePaymentRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual AsyncUnaryCall<CreatePaymentReply> GetPaymentAsync(GetPaymentRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

[TaskContract]
public interface IGrpcPayments
{
    [Task, Idempotent]
    Task PayAsync(Guid order, long cents, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> PaymentOfAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayOnceAsync(Guid order, long cents, CancellationToken cancellationToken = default);
}

public sealed class GrpcPaymentWorker(Payments.PaymentsClient payments) : IGrpcPayments
{
    public async Task PayAsync(Guid order, long cents, CancellationToken cancellationToken)
    {
        CreatePaymentReply reply = await {|TT410:payments.CreatePaymentAsync(new CreatePaymentRequest { OrderId = order.ToString(), Cents = cents }, cancellationToken: cancellationToken)|};
        _ = reply.PaymentId;
    }

    public async ValueTask<string> PaymentOfAsync(Guid order, CancellationToken cancellationToken)
    {
        CreatePaymentReply reply = await payments.GetPaymentAsync(new GetPaymentRequest { OrderId = order.ToString() }, cancellationToken: cancellationToken);
        return reply.PaymentId;
    }

    public async Task PayOnceAsync(Guid order, long cents, CancellationToken cancellationToken)
    {
        Metadata headers = [];
        headers.Add("idempotency-key", $"pay-{order}");
        await payments.CreatePaymentAsync(new CreatePaymentRequest { OrderId = order.ToString(), Cents = cents }, headers, cancellationToken: cancellationToken);
    }
}
