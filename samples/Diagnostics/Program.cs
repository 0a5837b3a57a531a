using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop;
using TypedTasks;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services
    .AddSingleton(new HttpClient())
    .AddTypedTasks(tasks => tasks
        .UseEmbedded()
        .AddClient<IShop>()
        .AddWorker<IShop, ShopWorker>());
using IHost host = builder.Build();
ITaskClient<IShop> shop = host.Services.GetRequiredService<ITaskClient<IShop>>();

// Nobody waits whether it was accepted, and it is due by this machine's wall clock.
shop.ImportAsync(new Catalogue(), EnqueueOptions.At(DateTime.Now.AddHours(12)));
