// Readings are spread by Amazon's queues and topics: a batch without deduplication, an alarm with it.
using System.Text.Json;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

public sealed record ColdRoomReading(int Sequence, decimal Celsius);

[TaskContract]
public interface IColdRooms
{
    [Task, Idempotent]
    Task SpreadAsync(string room, ColdRoomReading[] readings, CancellationToken cancellationToken = default);
}

public sealed class ColdRoomWorker(IAmazonSQS queue, IAmazonSimpleNotificationService topics) : IColdRooms
{
    private const decimal Limit = 7.5m;

    public async Task SpreadAsync(string room, ColdRoomReading[] readings, CancellationToken cancellationToken)
    {
        foreach (ColdRoomReading[] chunk in readings.Chunk(10))
        {
            SendMessageBatchRequest request = new()
            {
                QueueUrl = "https://sqs.eu-central-1.amazonaws.com/1/readings",
                Entries = [.. chunk.Select(reading => new SendMessageBatchRequestEntry { Id = $"{reading.Sequence}", MessageBody = JsonSerializer.Serialize(reading) })],
            };
            await {|TT416:queue.SendMessageBatchAsync(request, cancellationToken)|};
        }

        if (readings.LastOrDefault(reading => reading.Celsius > Limit) is { } warm)
        {
            await topics.PublishAsync(
                new PublishRequest
                {
                    TopicArn = "arn:aws:sns:eu-central-1:1:alarms.fifo",
                    Message = $"{room}: {warm.Celsius} °C",
                    MessageGroupId = room,
                    MessageDeduplicationId = $"{room}-{warm.Sequence}",
                },
                cancellationToken);
        }
    }
}
