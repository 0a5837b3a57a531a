using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>The engine against handlers as people write them: exactly what is marked is said.</summary>
public sealed class EffectCaseTests
{
    public static TheoryData<string> Cases => [.. EffectCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Exactly_what_is_marked_is_said(string name)
    {
        EffectCase one = EffectCase.All.Single(candidate => candidate.Name == name);
        string[] expected = one.Expected();
        string[] reported = await one.ReportedAsync();
        Assert.True(expected.SequenceEqual(reported), $"{name}\nexpected:\n  {string.Join("\n  ", expected)}\nreported:\n  {string.Join("\n  ", reported)}");
    }

    [Fact]
    public void The_cases_compile()
    {
        string[] errors = Compilations.Errors(EffectCase.Compile(EffectCase.All));
        Assert.True(errors.Length == 0, string.Join("\n", errors));
    }

    [Fact]
    public void There_are_enough_cases_and_half_of_them_are_silent()
    {
        int silent = EffectCase.All.Count(one => one.IsSilent);
        Assert.True(EffectCase.All.Count >= 60, $"{EffectCase.All.Count} cases");
        Assert.True(silent * 2 >= EffectCase.All.Count, $"{silent} of {EffectCase.All.Count} cases are silent");
    }

    [Fact]
    public async Task Shuffled_files_give_identical_output()
    {
        string[] first = await DescribeAsync(EffectCase.All);
        Random random = new(7);
        EffectCase[] shuffled = [.. EffectCase.All];
        random.Shuffle(shuffled);
        Assert.Equal(first, await DescribeAsync(shuffled));
        Assert.Equal(first, await DescribeAsync(EffectCase.All.Reverse()));
    }

    /// <summary>The figures of the rules' page are those of the cases.</summary>
    [Fact]
    public async Task The_measured_figures_are_true()
    {
        SortedDictionary<string, (int Right, int Wrong, int Missed)> figures = new(StringComparer.Ordinal);
        foreach (EffectCase one in EffectCase.All)
        {
            List<string> missed = [.. one.Expected()];
            foreach (string line in await one.ReportedAsync())
            {
                bool isRight = missed.Remove(line);
                Count(line, isRight ? 1 : 0, isRight ? 0 : 1, 0);
            }

            missed.ForEach(line => Count(line, 0, 0, 1));
        }

        int silent = EffectCase.All.Count(one => one.IsSilent);
        string[] expected =
        [
            $"{EffectCase.All.Count} cases, {silent} of them silent, {EffectCase.All.Count(one => one.Kind == EffectCase.Public)} of them after reading public code, {EffectCase.All.Count(one => one.Kind == EffectCase.Blind)} of them blind.",
            .. figures.Select(rule => $"| {rule.Key} | {rule.Value.Right + rule.Value.Missed} | {rule.Value.Right + rule.Value.Wrong} | {Share(rule.Value.Right, rule.Value.Right + rule.Value.Wrong)} | {Share(rule.Value.Right, rule.Value.Right + rule.Value.Missed)} |"),
        ];
        string page = await File.ReadAllTextAsync(Path.Combine(RulePage.Folder, "README.md"), TestContext.Current.CancellationToken);
        Assert.True(Array.TrueForAll(expected, line => page.Contains(line, StringComparison.Ordinal)), $"analyzers/rules/README.md should say under Measured:\n{string.Join('\n', expected)}");

        void Count(string line, int right, int wrong, int missed)
        {
            string id = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            (int Right, int Wrong, int Missed) sum = figures.GetValueOrDefault(id);
            figures[id] = (sum.Right + right, sum.Wrong + wrong, sum.Missed + missed);
        }
    }

    private static async Task<string[]> DescribeAsync(IEnumerable<EffectCase> cases)
    {
        ImmutableArray<Diagnostic> found = await EffectCase.AnalyzeAsync(EffectCase.Compile(cases));
        return [.. found.Select(Analysis.Describe)];
    }

    private static string Share(int part, int whole) => whole == 0 ? "" : ((double)part / whole).ToString("P0", CultureInfo.InvariantCulture);
}
