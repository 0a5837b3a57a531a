using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What a diagnostic says beside its rule, where the engine stops, and what users tell it.</summary>
public sealed class EffectEngineTests
{
    private const string Chain = """
        using System.Net.Http;

        [TaskContract]
        public interface ICharges
        {
            [Task, Idempotent]
            Task ChargeAsync(Guid order);
        }

        internal sealed class Gateway(HttpClient http)
        {
            public async Task CaptureAsync(Guid order) => await http.PostAsync($"/{order}", null);
        }

        internal sealed class Billing(Gateway gateway)
        {
            public Task ChargeAsync(Guid order) => gateway.CaptureAsync(order);
        }

        internal sealed class ChargeWorker(Billing billing) : ICharges
        {
            public Task ChargeAsync(Guid order) => {|TT410:billing.ChargeAsync(order)|};
        }
        """;

    [Fact]
    public async Task A_message_names_the_chain_and_each_hop_is_a_place()
    {
        await Verify<EffectAnalyzer>.VerifyAnalyzerAsync(Chain);
        (CSharpCompilation compilation, _, _) = ((TestCode)Chain).Parse();
        Diagnostic found = Assert.Single(await Analysis.RunAsync(Compilations.Generate(compilation), [new EffectAnalyzer()]));
        Assert.StartsWith("ChargeWorker.ChargeAsync → Billing.ChargeAsync → Gateway.CaptureAsync → HttpClient.PostAsync ", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(
            ["gateway.CaptureAsync(order)", "http.PostAsync($\"/{order}\", null)"],
            found.AdditionalLocations.Select(place => place.SourceTree!.ToString().Substring(place.SourceSpan.Start, place.SourceSpan.Length)));
    }

    [Fact]
    public async Task What_blocks_below_is_named_by_the_calls_that_lead_there()
    {
        (CSharpCompilation compilation, _, _) = ((TestCode)"""
            [TaskContract]
            public interface IPrices
            {
                [Task, Idempotent]
                Task ReadAsync(string name);
            }

            public sealed class PriceWorker(System.Net.Http.HttpClient http) : IPrices
            {
                public Task ReadAsync(string name) => Task.FromResult(Blocking.Read(http, name));
            }

            internal static class Blocking
            {
                internal static string Read(System.Net.Http.HttpClient http, string name) => http.GetStringAsync(name).Result;
            }
            """).Parse();
        Diagnostic found = Assert.Single(await Analysis.RunAsync(Compilations.Generate(compilation), [new EffectAnalyzer()]));
        Assert.StartsWith("Result in PriceWorker.ReadAsync → Blocking.Read blocks ", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_nested_deeper_than_the_bound_are_said_to_be_left_out()
    {
        StringBuilder source = new("""
            [TaskContract]
            public interface IDeep
            {
                [Task, Idempotent]
                Task RunAsync(string path);
            }

            public sealed class DeepWorker : IDeep
            {
                public Task {|TT901:RunAsync|}(string path) => Step0(path);

            """);
        for (int i = 0; i < 30; i++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"    private static Task Step{i}(string path) => Step{i + 1}(path);");
        }

        source.AppendLine("    private static Task Step30(string path) => System.IO.File.AppendAllTextAsync(path, path);").AppendLine("}");
        await Verify<EffectAnalyzer>.VerifyAnalyzerAsync(source.ToString());
    }

    [Fact]
    public async Task More_methods_than_the_bound_are_said_to_be_left_out()
    {
        StringBuilder source = new("""
            [TaskContract]
            public interface IWide
            {
                [Task, Idempotent]
                Task RunAsync(string path);
            }

            public sealed class WideWorker : IWide
            {
                public Task {|TT901:RunAsync|}(string path)
                {

            """);
        for (int i = 0; i < 450; i++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"        Step{i}();");
        }

        source.AppendLine("        return Task.CompletedTask;").AppendLine("    }");
        for (int i = 0; i < 450; i++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"    private static void Step{i}() {{ }}");
        }

        await Verify<EffectAnalyzer>.VerifyAnalyzerAsync(source.AppendLine("}").ToString());
    }

    [Fact]
    public async Task Users_say_what_other_peoples_methods_do()
    {
        MetadataReference sdk = Compilations.Reference("Sdk", """
            namespace Acme;

            public class Client
            {
                public Task PrintAsync(string label) => Task.CompletedTask;

                public Task StoreAsync(string key, byte[] bytes) => Task.CompletedTask;

                public Task OrderAsync(string item, string key) => Task.CompletedTask;

                public Task ReadAsync(string key) => Task.CompletedTask;
            }
            """);
        TestCode code = new()
        {
            Sources =
            [
                """
                using Acme;

                [TaskContract]
                public interface ILabels
                {
                    [Task, Idempotent]
                    Task PrintAsync(string label);
                }

                public sealed class LabelWorker(Client client) : ILabels
                {
                    public async Task PrintAsync(string label)
                    {
                        await {|TT417:client.PrintAsync(label)|};
                        await client.StoreAsync(label, []);
                        await {|TT418:client.StoreAsync(Guid.NewGuid().ToString(), [])|};
                        await client.OrderAsync("paper", $"order:{label}");
                        await {|TT418:client.OrderAsync("paper", $"{label}:{DateTime.UtcNow}")|};
                        await client.ReadAsync(label);
                    }
                }
                """,
            ],
            AdditionalFiles = new Dictionary<string, string>
            {
                ["Acme.taskeffects.txt"] = """
                    # The label printer.
                    Acme.Client.PrintAsync = process
                    M:Acme.Client.StoreAsync(System.String,System.Byte[]) = write identity=key
                    Acme.Client.OrderAsync = send token=key
                    Acme.Client.ReadAsync = read
                    """,
            },
            References = [sdk],
        };
        await Verify<EffectAnalyzer>.VerifyAnalyzerAsync(code);
    }

    [Fact]
    public async Task A_line_of_an_effects_file_that_says_nothing_is_reported()
    {
        await Verify<EffectAnalyzer>.VerifyAnalyzerAsync(new TestCode
        {
            Sources =
            [
                """
                namespace Shop;

                public sealed class Api
                {
                    public Task PostAsync(Guid order) => Task.CompletedTask;
                }
                """,
            ],
            AdditionalFiles = new Dictionary<string, string>
            {
                ["Shop.taskeffects.txt"] = """
                    Shop.Api.PostAsync = send
                    {|TT902:Shop.Api.GoneAsync = send|}
                    {|TT902:Shop.Gone.PostAsync = send|}
                    Elsewhere.Api.PostAsync = send
                    {|TT902:Shop.Api.PostAsync = shout|}
                    {|TT902:Shop.Api.PostAsync = send loudly|}
                    {|TT902:Shop.Api.PostAsync =|}
                    {|TT902:send everything|}
                    {|TT902:PostAsync = send|}
                    {|TT902:headers: X-Key|}
                    token: X-Key
                    Shop.*.Post* = send
                    """,
                ["Other.txt"] = "not ours",
            },
        });
    }

    [Fact]
    public void The_shipped_file_reads_without_a_problem()
    {
        using Stream stream = typeof(EffectAnalyzer).Assembly.GetManifestResourceStream("TypedTasks.taskeffects.txt")!;
        Analyzers.Idempotency.Effects.EffectFile file = Analyzers.Idempotency.Effects.EffectFile.Parse(Microsoft.CodeAnalysis.Text.SourceText.From(stream));
        Assert.Empty(file.Problems);
        Assert.True(file.Rules.Count > 200);
    }
}
