// A claim is passed on: a question of one service, a command to another, a reminder in two weeks.
using MassTransit;

public sealed record PolicyQuery(Guid Policy);

public sealed record PolicyAnswer(Guid Policy, bool IsActive, string Adjuster);

public sealed record AssignAdjuster(Guid Claim, string Adjuster);

public sealed record RemindAdjuster(Guid Claim);

[TaskContract]
public interface IClaimRouting
{
    [Task, Idempotent]
    Task RouteAsync(Guid claim, Guid policy, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class ClaimRoutingWorker(IRequestClient<PolicyQuery> policies, ISendEndpointProvider endpoints, IMessageScheduler scheduler) : IClaimRouting
{
    private static readonly Uri Adjusters = new("queue:adjusters");

    public async Task RouteAsync(Guid claim, Guid policy, TaskContext context, CancellationToken cancellationToken)
    {
        Response<PolicyAnswer> answer = await policies.GetResponse<PolicyAnswer>(new PolicyQuery(policy), cancellationToken);
        if (!answer.Message.IsActive)
        {
            return;
        }

        ISendEndpoint endpoint = await endpoints.GetSendEndpoint(Adjusters);
        await {|TT416:endpoint.Send(new AssignAdjuster(claim, answer.Message.Adjuster), cancellationToken)|};
        await {|TT416:scheduler.ScheduleSend(Adjusters, context.EnqueuedAt.UtcDateTime.AddDays(14), new RemindAdjuster(claim), cancellationToken)|};
    }
}
