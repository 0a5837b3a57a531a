// The task's id is the same in every attempt: as a header, as a name, as a message's id.
using System.Net.Http;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

[TaskContract]
public interface ITaskIds
{
    [Task, Idempotent]
    Task ChargeAsync(decimal amount, TaskContext context = null!);

    [Task, Idempotent]
    Task TellAsync(string text, TaskContext context = null!);
}

public sealed class TaskIdWorker(HttpClient http, ServiceBusSender sender) : ITaskIds
{
    public async Task ChargeAsync(decimal amount, TaskContext context)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/charges?amount={amount}");
        request.Headers.Add("Idempotency-Key", context.Id.ToString());
        await http.SendAsync(request, context.CancellationToken);
    }

    public Task TellAsync(string text, TaskContext context) =>
        sender.SendMessageAsync(new ServiceBusMessage(text) { MessageId = $"{context.Id}", Subject = "told" }, context.CancellationToken);
}
