// Two queues of Amazon's: one is told the identity of the message, one is not.
using Amazon.SQS;
using Amazon.SQS.Model;

[TaskContract]
public interface IWarehousePicks
{
    [Task, Idempotent]
    Task PickAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PickFirstInFirstOutAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class WarehouseOrderWorker(IAmazonSQS sqs) : IWarehousePicks
{
    private const string Address = "https://sqs.eu-central-1.amazonaws.com/1/picks";

    public async Task PickAsync(Guid order, CancellationToken cancellationToken)
    {
        SendMessageRequest request = new()
        {
            QueueUrl = Address,
            MessageBody = order.ToString(),
        };
        await {|TT416:sqs.SendMessageAsync(request, cancellationToken)|};
    }

    public async Task PickFirstInFirstOutAsync(Guid order, CancellationToken cancellationToken)
    {
        SendMessageRequest request = new()
        {
            QueueUrl = Address + ".fifo",
            MessageBody = order.ToString(),
            MessageDeduplicationId = order.ToString("N"),
        };
        await sqs.SendMessageAsync(request, cancellationToken);
    }
}
