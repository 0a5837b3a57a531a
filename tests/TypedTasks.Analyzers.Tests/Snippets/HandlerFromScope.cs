// The handler is taken out of a scope and called, in a lambda and in an endpoint.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] Task<bool> SendAsync(Guid message, CancellationToken cancellationToken = default);
}

internal sealed class MailWorker : IMail
{
    public Task<bool> SendAsync(Guid message, CancellationToken cancellationToken) => Task.FromResult(message != default);
}

internal sealed class Endpoints(IServiceScopeFactory scopes)
{
    public Func<Guid, Task<bool>> Map() => async message =>
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        var worker = scope.ServiceProvider.GetRequiredService<MailWorker>();
        return await {|TT706:worker.SendAsync(message, CancellationToken.None)|};
    };

    public async Task<bool> SendAsync(Guid message)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ITaskClient<IMail>>().Remote.SendAsync(message);
    }
}
