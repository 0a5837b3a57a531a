// The abstract base is registered instead of what derives from it.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] Task SendAsync(Guid message);
}

public abstract class MailWorkerBase : IMail
{
    public Task SendAsync(Guid message) => SendCoreAsync(message);

    protected abstract Task SendCoreAsync(Guid message);
}

public sealed class MailWorker : MailWorkerBase
{
    protected override Task SendCoreAsync(Guid message) => Task.CompletedTask;
}

public static class Module
{
    public static TypedTasksBuilder AddMail(this TypedTasksBuilder tasks) => tasks
        .AddClient<IMail>()
        .{|TT110:AddWorker<IMail, MailWorkerBase>|}();

    public static TypedTasksBuilder AddRealMail(this TypedTasksBuilder tasks) => tasks.AddWorker<IMail, MailWorker>();
}
