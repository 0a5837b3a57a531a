using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>Code that somebody is in the middle of typing: the cases, cut off at any token, are analysed without a failure.</summary>
public sealed class EffectPrefixTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <summary>As many cuts as fit into the time, taken from all cases in turn; TYPEDTASKS_EVERY_PREFIX=1 takes every one.</summary>
    [Fact]
    public async Task Every_prefix_of_every_case_is_analysed_without_a_failure()
    {
        bool takesAll = Environment.GetEnvironmentVariable("TYPEDTASKS_EVERY_PREFIX") == "1";
        (EffectCase Case, int End)[] cuts =
        [
            .. EffectCase.All.SelectMany(one => Compilations.Parse(one.Source, "Cut.cs").GetRoot(TestContext.Current.CancellationToken)
                .DescendantTokens().Select(token => (one, token.Span.End))),
        ];
        Assert.True(cuts.Length > 10_000);
        if (!takesAll)
        {
            new Random(11).Shuffle(cuts);
        }

        // Many cuts in one compilation, each a file: what is cut off is no other file's business, because each has a namespace of its own.
        const int Together = 200;
        Stopwatch watch = Stopwatch.StartNew();
        int done = 0;
        foreach ((EffectCase Case, int End)[] some in cuts.Chunk(Together))
        {
            if (!takesAll && done >= Together && watch.Elapsed > Most)
            {
                break;
            }

            SyntaxTree[] trees = [.. some.Select((cut, index) => Compilations.Parse(Apart(cut.Case, cut.End, index), $"Cut{index}.cs"))];
            CSharpCompilation compilation = Compilations.Generate(Compilations.Create(trees, more: [EffectCase.Libraries]));
            ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, [new EffectAnalyzer()]);
            Analysis.AssertNoFailure(found, string.Join(", ", some.Select(cut => $"{cut.Case.Name}@{cut.End}")));
            done += some.Length;
        }

        TestContext.Current.SendDiagnosticMessage($"{done} of {cuts.Length} prefixes");
        Assert.True(done >= Together);
    }

    private static string Apart(EffectCase one, int end, int index) =>
        one.Source[..end].Replace($"namespace Cases.{one.Name};", $"namespace Cases.Cut{index};", StringComparison.Ordinal);
}
