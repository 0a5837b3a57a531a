using System.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Testing;
using TypedTasks.TestServers;

namespace TypedTasks.Tests;

/// <summary>Other languages enqueue tasks, and read those that we enqueue.</summary>
public sealed class InteropTests
{
    private const string Id = "019b7b3c-4d5e-7f60-8123-456789abcdef";
    private const string Order = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    [Fact]
    public async Task A_worker_runs_what_python_wrote() => await RunsAsync(Require.Python("-c", $"""
        import msgpack, uuid
        print(msgpack.packb([1, uuid.UUID("{Id}").bytes, "invoices.generate", 1767323045678, None, ["{Order}", "129.90"]]).hex())
        """));

    [Fact]
    public async Task A_worker_runs_what_node_wrote() => await RunsAsync(Require.Node("-e", $"""
        const msgpack = require("@msgpack/msgpack");
        const id = Buffer.from("{Id}".replaceAll("-", ""), "hex");
        console.log(Buffer.from(msgpack.encode([1, id, "invoices.generate", 1767323045678, null, ["{Order}", "129.90"]])).toString("hex"));
        """));

    [Fact]
    public async Task Python_reads_what_a_client_wrote() => Reads(await RunAsync(Require.Python("-c", $"""
        import msgpack, uuid
        version, id, name, at, attributes, arguments = msgpack.unpackb(bytes.fromhex("{Written()}"), strict_map_key=False)
        print(version, uuid.UUID(bytes=id), name, at, attributes[1], attributes[8]["tenant"], arguments[0], arguments[1])
        """)));

    [Fact]
    public async Task Node_reads_what_a_client_wrote() => Reads(await RunAsync(Require.Node("-e", $"""
        const msgpack = require("@msgpack/msgpack");
        const [version, id, name, at, attributes, args] = msgpack.decode(Buffer.from("{Written()}", "hex"));
        const hex = Buffer.from(id).toString("hex");
        const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
        console.log(version, uuid, name, at, attributes[1], attributes[8].tenant, args[0], args[1]);
        """)));

    private static string Written() => Convert.ToHexString(EnvelopeTests.Write(new() { Key = "key", Headers = new Dictionary<string, string> { ["tenant"] = "acme" } }));

    private static void Reads(string output) => Assert.Equal($"1 {Id} invoices.generate 1767323045678 key acme {Order} 129.90", output);

    private static async Task RunsAsync(ProcessStartInfo program)
    {
        byte[] envelope = Convert.FromHexString(await RunAsync(program));
        await using var host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>());

        await host.Engine.PublishAsync(new TaskAddress(InvoicesTasks.GenerateArguments.Task.Lane, TaskId.Parse(Id), default), new Raw(envelope), CancellationToken.None);
        await host.DrainAsync();

        TaskHandle<string> task = await host.Client<IInvoices>().GenerateAsync(Guid.Empty, 0, EnqueueOptions.WithId(TaskId.Parse(Id)));
        Assert.True(task.IsDuplicate);
        Assert.Equal($"{Order} 129.90", await task.ResultAsync());
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output.Trim();
    }

    private readonly struct Raw(byte[] bytes) : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination) => System.Buffers.BuffersExtensions.Write(destination, bytes);
    }
}
