using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What the reading of handlers costs: the work grows with the code, and no faster.</summary>
public sealed class EffectCostTests
{
    /// <summary>Doubling the handlers at most doubles the time, with some room for what a shared machine does meanwhile.</summary>
    [Fact]
    public async Task Time_grows_with_the_code()
    {
        await MeasureAsync(20);
        StringBuilder report = new();
        double best = double.MaxValue;
        for (int run = 0; run < 3; run++)
        {
            double half = await MeasureAsync(40);
            double growth = await MeasureAsync(80) / half;
            report.Append(CultureInfo.InvariantCulture, $"× {growth:F2} per doubling; ");
            best = Math.Min(best, growth);
        }

        TestContext.Current.SendDiagnosticMessage(report.ToString());

        // Quadratic work would be × 4 in each run.
        Assert.True(best < 3, report.ToString());
    }

    /// <summary>The analyzer's own time for a project of so many handlers, in seconds.</summary>
    private static async Task<double> MeasureAsync(int handlers)
    {
        CSharpCompilation source = Compilations.Generate(Compilations.Create(Project(handlers), more: [EffectCase.Libraries]));
        EffectAnalyzer analyzer = new();
        CompilationWithAnalyzers run = source.WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        Assert.Equal(handlers, (await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Count(found => found.Id == RuleIds.UnsafeHttp));
        return (await run.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken)).ExecutionTime.TotalSeconds;
    }

    /// <summary>Contracts of ten tasks, each with a handler whose effect is five helpers away, one of which all share.</summary>
    private static IEnumerable<SyntaxTree> Project(int handlers)
    {
        yield return Compilations.Parse("""
            using System.Net.Http;

            namespace Shop;

            public sealed class Api(HttpClient http)
            {
                public async Task<string> PostAsync(string path, string body)
                {
                    using HttpResponseMessage response = await http.PostAsync(path, new StringContent(body));
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsStringAsync();
                }
            }
            """, "Api.cs");
        for (int i = 0; i < handlers; i += 10)
        {
            StringBuilder contract = new();
            StringBuilder worker = new();
            StringBuilder helpers = new();
            for (int task = i; task < i + 10; task++)
            {
                contract.AppendLine(CultureInfo.InvariantCulture, $"    [Task, Idempotent] Task Run{task}Async(Guid id, string[] names, CancellationToken cancellationToken = default);");
                worker.AppendLine(CultureInfo.InvariantCulture, $$"""
                        public async Task Run{{task}}Async(Guid id, string[] names, CancellationToken cancellationToken)
                        {
                            List<string> kept = [];
                            foreach (string name in names)
                            {
                                if (name.Length > 3 && !kept.Contains(name))
                                {
                                    kept.Add(name.Trim().ToUpperInvariant());
                                }
                            }

                            decimal total = kept.Select((name, index) => (decimal)name.Length * index).Sum();
                            string text = $"{id:N}:{total}:{string.Join(',', kept)}";
                            await helper.First{{task}}(id, text);
                        }

                    """);
                helpers.AppendLine(CultureInfo.InvariantCulture, $$"""
                        public Task First{{task}}(Guid id, string text) => Second{{task}}($"/{id}", text);

                        private async Task Second{{task}}(string path, string text)
                        {
                            string body = text.Length > 10 ? text[..10] : text;
                            for (int i = 0; i < body.Length; i++)
                            {
                                if (body[i] == ' ')
                                {
                                    body = body.Replace(' ', '-');
                                }
                            }

                            await Third{{task}}(path + "/" + body, body);
                        }

                        private async Task Third{{task}}(string path, string text) => await Fourth{{task}}(new Uri(path, UriKind.Relative), text);

                        private Task<string> Fourth{{task}}(Uri path, string text) => api.PostAsync(path.ToString(), text);

                    """);
            }

            yield return Compilations.Parse($$"""
                namespace Shop;

                [TaskContract]
                public interface IGroup{{i}}
                {
                {{contract}}
                }

                public sealed class Helper{{i}}(Api api)
                {
                {{helpers}}
                }

                public sealed class Group{{i}}(Helper{{i}} helper) : IGroup{{i}}
                {
                {{worker}}
                }
                """, $"Group{i}.cs");
        }
    }
}
