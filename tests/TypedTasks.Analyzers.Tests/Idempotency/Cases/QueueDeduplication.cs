using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;

[TaskContract]
public interface IEvents
{
    [Task, Idempotent]
    Task RaiseAsync(Guid order);
}

public sealed class EventWorker(IAmazonSQS queue, IProducer<string, string> producer) : IEvents
{
    public async Task RaiseAsync(Guid order)
    {
        await queue.SendMessageAsync(new SendMessageRequest { QueueUrl = "q.fifo", MessageBody = "paid", MessageDeduplicationId = order.ToString() });
        await {|TT416:producer.ProduceAsync("orders", new Message<string, string> { Key = order.ToString(), Value = "paid" })|};
    }
}
