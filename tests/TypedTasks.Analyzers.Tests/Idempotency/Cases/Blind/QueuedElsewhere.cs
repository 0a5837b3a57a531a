// Work that is handed to queues of two clouds, which are told nothing that would let them see it twice.
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Google.Cloud.Tasks.V2;

[TaskContract]
public interface IHandOvers
{
    [TypedTasks.Task, Idempotent]
    System.Threading.Tasks.Task HandOverAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class HandOverWorker(CloudTasksClient tasks, IAmazonEventBridge bridge) : IHandOvers
{
    public async System.Threading.Tasks.Task HandOverAsync(Guid order, CancellationToken cancellationToken)
    {
        await {|TT416:tasks.CreateTaskAsync(new CreateTaskRequest { Parent = "queues/pack", Task = new() { Url = $"https://pack.example.com/{order}" } }, cancellationToken)|};
        await {|TT416:bridge.PutEventsAsync(new PutEventsRequest { Entries = [new PutEventsRequestEntry { Source = "shop", DetailType = "OrderPaid", Detail = $"\"{order}\"" }] }, cancellationToken)|};
    }
}
