// What is started has the order's name, so that a second start is refused or ignored.
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Google.Cloud.Tasks.V2;

[TaskContract]
public interface IFulfilments
{
    [TypedTasks.Task, Idempotent]
    System.Threading.Tasks.Task StartAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class FulfilmentWorker(IAmazonStepFunctions machines, CloudTasksClient tasks) : IFulfilments
{
    public async System.Threading.Tasks.Task StartAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            await machines.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = "arn:fulfil", Name = $"order-{order:N}", Input = $"\"{order}\"" }, cancellationToken);
        }
        catch (ExecutionAlreadyExistsException)
        {
        }

        await tasks.CreateTaskAsync(new CreateTaskRequest { Parent = "queues/pack", Task = new() { Name = $"queues/pack/tasks/{order:N}" } }, cancellationToken);
    }
}
