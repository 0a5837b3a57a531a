using System.Diagnostics;
using TypedTasks.TestServers;

namespace TypedTasks.Package.Tests;

/// <summary>The package in the projects that <c>dotnet new</c> makes: it is added, code is typed, the code builds without a warning and runs.</summary>
public sealed class ProjectTests(Feed feed)
{
    [Fact]
    public async Task A_console_program_runs_the_first_task_of_the_page()
    {
        string code = Readme.Code("nuget/README.md")[0];
        Assert.True(code.Split('\n').Count(line => line.Trim().Length > 1) <= 20, "The first task takes more than 20 lines.");
        Project project = await feed.NewAsync("console", "FirstTask", null, "TypedTasks", "Microsoft.Extensions.Hosting");
        await project.WriteAsync("Program.cs", code);
        (await project.BuildAsync()).Succeeded();
        Assert.Contains("Hello, Ada!", (await project.RunAsync()).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_program_runs_on_nats()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await RunFirstTaskAsync("TypedTasks.Nats", $".UseNats(\"{server.Url}\")");
    }

    [Fact]
    public async Task A_console_program_runs_on_redis()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await RunFirstTaskAsync("TypedTasks.Redis", $".UseRedis(\"127.0.0.1:{server.Port}\")");
    }

    [Fact]
    public async Task A_worker_service_hosts_a_worker()
    {
        Project project = await feed.NewAsync("worker", "Service", null, "TypedTasks");
        await project.WriteAsync("Contract.cs", Sources.Contract);
        await project.WriteAsync("Mailer.cs", Sources.Handler);
        await project.WriteAsync("Worker.cs", """
            using Shop;
            using TypedTasks;

            namespace Service;

            public sealed class Worker(ITaskClient<IMail> mail, IHostApplicationLifetime lifetime) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    Console.WriteLine(await mail.Remote.SendAsync("Ada"));
                    lifetime.StopApplication();
                }
            }
            """);
        await project.WriteAsync("Program.cs", """
            using Service;
            using Shop;
            using TypedTasks;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddTypedTasks(tasks => tasks.UseEmbedded().AddClient<IMail>().AddWorker<IMail, Mailer>());
            builder.Services.AddHostedService<Worker>();
            builder.Build().Run();
            """);
        (await project.BuildAsync()).Succeeded();
        Assert.Contains("sent to Ada", (await project.RunAsync()).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minimal_api_enqueues()
    {
        Project project = await feed.NewAsync("web", "Api", null, "TypedTasks");
        await project.WriteAsync("Contract.cs", Sources.Contract);
        await project.WriteAsync("Mailer.cs", Sources.Handler);
        await project.WriteAsync("Program.cs", """
            using Shop;
            using TypedTasks;

            var builder = WebApplication.CreateBuilder(args);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddTypedTasks(tasks => tasks.UseEmbedded().AddClient<IMail>().AddWorker<IMail, Mailer>());
            var app = builder.Build();
            app.MapPost("/mail/{to}", async (string to, ITaskClient<IMail> mail) => await mail.Remote.SendAsync(to));
            await app.StartAsync();
            using HttpClient http = new();
            Console.WriteLine(await (await http.PostAsync($"{app.Urls.First()}/mail/Ada", null)).Content.ReadAsStringAsync());
            await app.StopAsync();
            """);
        (await project.BuildAsync()).Succeeded();
        Assert.Contains("sent to Ada", (await project.RunAsync()).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Producer_and_worker_that_reference_only_the_contracts_get_generator_and_analyzers()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        string solution = feed.NewSolution();
        Project contracts = await feed.NewAsync("classlib", "Contracts", solution, "TypedTasks");
        File.Delete(Path.Combine(contracts.Folder, "Class1.cs"));
        await contracts.WriteAsync("Contract.cs", Sources.Contract);

        Project worker = await feed.NewAsync("worker", "Mailing", solution, "TypedTasks.Nats");
        await worker.AddReferenceAsync("Contracts");
        File.Delete(Path.Combine(worker.Folder, "Worker.cs"));
        await worker.WriteAsync("Mailer.cs", Sources.Handler);
        await worker.WriteAsync("Program.cs", $"""
            using Shop;
            using TypedTasks;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddTypedTasks(tasks => tasks.UseNats("{server.Url}").AddWorker<IMail, Mailer>());
            builder.Build().Run();
            """);

        Project producer = await feed.NewAsync("console", "Shopping", solution, "TypedTasks.Nats", "Microsoft.Extensions.Hosting");
        await producer.AddReferenceAsync("Contracts");
        await producer.WriteAsync("Program.cs", Sources.First($".UseNats(\"{server.Url}\")")
            .Split("[TaskContract")[0]
            .Replace(".AddClient<IGreetings>().AddWorker<IGreetings, Greeter>()", ".AddClient<IMail>()", StringComparison.Ordinal)
            .Replace("ITaskClient<IGreetings>>().Remote.GreetAsync", "ITaskClient<IMail>>().Remote.SendAsync", StringComparison.Ordinal)
            .Replace("using TypedTasks;", "using TypedTasks;\nusing Shop;", StringComparison.Ordinal));

        // The handler is in the worker's manifest, which only its own generator can have written.
        (await worker.BuildAsync("-p:EmitCompilerGeneratedFiles=true")).Succeeded();
        Assert.Contains("DeclaresHandler(typeof(global::Shop.Mailer)", string.Concat(
            Directory.EnumerateFiles(Path.Combine(worker.Folder, "obj"), "TypedTasks.Assembly.g.cs", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        (await producer.BuildAsync()).Succeeded();
        using Process running = worker.Start();
        try
        {
            Assert.Contains("sent to Ada", (await producer.RunAsync()).Succeeded().Output, StringComparison.Ordinal);
        }
        finally
        {
            running.Kill();
        }
    }

    [Fact]
    public async Task A_test_project_tests_with_the_test_kit()
    {
        Project project = await feed.NewAsync("xunit", "ShopTests", null, "TypedTasks", "TypedTasks.Testing");
        File.Delete(Path.Combine(project.Folder, "UnitTest1.cs"));

        // The template of SDK 10.0.401 asks for a patch of the runner that not every feed has.
        await project.EditAsync("\"xunit.runner.visualstudio\" Version=\"3.1.4\"", "\"xunit.runner.visualstudio\" Version=\"3.1.5\"");
        await project.WriteAsync("Contract.cs", Sources.Contract);
        await project.WriteAsync("MailTests.cs", """
            using TypedTasks;
            using TypedTasks.Testing;

            namespace Shop;

            public class MailTests
            {
                [Fact]
                public async Task A_client_records()
                {
                    RecordingTaskClient<IMail> mail = new();
                    await mail.SendAsync("Ada");
                    Assert.Single(mail.Calls);
                }
            }
            """);
        Ran ran = await Shell.RunAsync(project.Folder, feed.Environment, "dotnet", "test", "--configuration", "Release", "-warnaserror");
        Assert.Contains("Passed!", ran.Succeeded().Output, StringComparison.Ordinal);
    }

    private async Task RunFirstTaskAsync(string package, string useEngine)
    {
        Project project = await feed.NewAsync("console", "FirstTask", null, package, "Microsoft.Extensions.Hosting");
        await project.WriteAsync("Program.cs", Sources.First(useEngine));
        (await project.BuildAsync()).Succeeded();
        Assert.Contains("Hello, Ada!", (await project.RunAsync()).Succeeded().Output, StringComparison.Ordinal);
    }
}
