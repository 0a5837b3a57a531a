// A program whose client has nobody to work for it.
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTypedTasks(tasks =>
{
    tasks.UseEmbedded();
    tasks.{|TT211:AddClient<Shop.IMail>|}();
    tasks.AddClient<Shop.IParcels>().AddWorker<Shop.IParcels, Shop.ParcelWorker>(configure: worker => worker.Concurrency = 2);
});

await builder.Build().RunAsync();

//// Shop.cs
namespace Shop;

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

public sealed class ParcelWorker : IParcels
{
    Task IParcels.SendAsync(Guid parcel) => Task.CompletedTask;
}
