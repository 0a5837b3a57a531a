// Modules register by generic helpers, and one environment has another worker.
ServiceCollection services = new();
bool isTest = args.Contains("--test");
services.AddTypedTasks(tasks =>
{
    tasks.UseEmbedded().AddBoth<Shop.IParcels, Shop.ParcelWorker>();
    tasks.AddClient<Shop.IMail>();
    _ = isTest switch
    {
        true => tasks.AddWorker<Shop.IMail, Shop.QuietWorker>(),
        false => tasks.AddWorker<Shop.IMail, Shop.MailWorker>(),
    };
});

//// Shop.cs
namespace Shop
{
    [TaskContract]
    public interface IMail
    {
        [Task, Idempotent] Task SendAsync(Guid message);
    }

    [TaskContract]
    public interface IParcels
    {
        [Task, Idempotent] Task SendAsync(Guid parcel);
    }

    public abstract class Worker
    {
        public virtual Task SendAsync(Guid message) => Task.CompletedTask;
    }

    public sealed class MailWorker : Worker, IMail;

    public sealed class QuietWorker : Worker, IMail;

    public sealed class ParcelWorker : Worker, IParcels;
}

public static class Registration
{
    public static TypedTasksBuilder AddBoth<TContract, TWorker>(this TypedTasksBuilder tasks)
        where TContract : class
        where TWorker : class, TContract => tasks.AddClient<TContract>().AddWorker<TContract, TWorker>();
}
