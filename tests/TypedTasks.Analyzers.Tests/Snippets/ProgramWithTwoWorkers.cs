// Registered in a local function, twice.
ServiceCollection services = new();
services.AddTypedTasks(Register);

static void Register(TypedTasksBuilder tasks)
{
    tasks.UseEmbedded().AddClient<Shop.IMail>();
    tasks.AddWorker<Shop.IMail, Shop.MailWorker>();
    tasks.{|TT212:AddWorker<Shop.IMail, Shop.LoudWorker>|}(worker => worker.Concurrency = 1);
}

//// Shop.cs
namespace Shop
{
    [TaskContract]
    public interface IMail
    {
        [Task, Idempotent] Task SendAsync(Guid message);
    }

    public class MailWorker : IMail
    {
        public virtual Task SendAsync(Guid message) => Task.CompletedTask;
    }

    public sealed class LoudWorker : MailWorker
    {
        public override Task SendAsync(Guid message) => base.SendAsync(message);
    }
}
