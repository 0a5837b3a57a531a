using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes;

namespace TypedTasks.Analyzers.Tests;

/// <summary>Holds rule, descriptor, page, fix, test and ledger together: none of them without the others.</summary>
public sealed partial class CatalogueTests
{
    private static readonly Dictionary<char, string> Categories = new()
    {
        ['1'] = "TypedTasks.Contract",
        ['2'] = "TypedTasks.Routing",
        ['3'] = "TypedTasks.Serialization",
        ['4'] = "TypedTasks.Idempotency",
        ['5'] = "TypedTasks.Reliability",
        ['6'] = "TypedTasks.WireCompat",
        ['7'] = "TypedTasks.Usage",
        ['8'] = "TypedTasks.Canvas",
        ['9'] = "TypedTasks.Tooling",
    };

    private static readonly DiagnosticDescriptor[] Descriptors =
    [
        .. typeof(Rules).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(TaskCodeFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    private static readonly Lazy<string> TestSources = new(() => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "TypedTasks.Analyzers.Tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllText)));

    public static TheoryData<string> Ids => [.. Descriptors.Select(rule => rule.Id)];

    [Fact]
    public void Every_id_has_one_descriptor_and_one_page()
    {
        string[] ids = [.. typeof(RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
        Assert.Equal(ids, Descriptors.Select(rule => rule.Id));
        Assert.Equal(ids, RulePage.Ids);
        Assert.Equal(Descriptors.Length, Descriptors.Select(rule => rule.Title.ToString(null)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_whole(string id)
    {
        DiagnosticDescriptor rule = Descriptors.Single(descriptor => descriptor.Id == id);
        Assert.Matches("^TT[1-9][0-9]{2}$", id);
        Assert.Equal(Categories[id[2]], rule.Category);
        Assert.Equal($"analyzers/rules/{id}.md", rule.HelpLinkUri);
        Assert.NotEmpty(rule.Description.ToString(null));
        Assert.Contains(Analysis.All, analyzer => analyzer.SupportedDiagnostics.Contains(rule));

        RulePage page = RulePage.Read(id);
        Assert.Equal(id, page.Id);
        Assert.Equal(rule.Title.ToString(null), page.Title);
        Assert.Equal($"{SeverityOf(rule)} · {rule.Category} · {FixOf(id)}", page.Facts);
        Assert.Equal(RulePage.SectionNames, page.Sections.Keys);

        Assert.True(
            id == RuleIds.AnalyzerFailure || TestSources.Value.Contains($"{{|{id}:", StringComparison.Ordinal) || TestSources.Value.Contains($"\"{id}\"", StringComparison.Ordinal),
            $"No test marks {id}.");
    }

    [Theory]
    [InlineData("https://github.com/somebody/tasks", "1.2.3+abc", "https://github.com/somebody/tasks/blob/abc/analyzers/rules/")]
    [InlineData("https://github.com/somebody/tasks.git", "1.2.3-rc.1+abc", "https://github.com/somebody/tasks/blob/abc/analyzers/rules/")]
    [InlineData("https://github.com/somebody/tasks/", "1.2.3", "analyzers/rules/")]
    [InlineData("file:///home/somebody/tasks", "1.2.3+abc", "analyzers/rules/")]
    [InlineData(null, "1.2.3+abc", "analyzers/rules/")]
    public void A_released_rule_leads_to_its_page_at_that_commit(string? repository, string version, string address) =>
        Assert.Equal(address, RulePages.AddressOf(repository, version));

    [Fact]
    public void Every_fix_mends_rules_that_there_are_and_is_tested()
    {
        foreach (CodeFixProvider fix in Fixes)
        {
            Assert.IsType<TaskCodeFix>(fix, exactMatch: false);
            Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(Descriptors, rule => rule.Id == id));
            Assert.True(fix.GetType().IsDefined(typeof(ExportCodeFixProviderAttribute)), fix.GetType().Name);
            Assert.Contains($", {fix.GetType().Name}>", TestSources.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_ledger_is_true()
    {
        string folder = Path.Combine(Repository.Root, "analyzers", "TypedTasks.Analyzers");
        string[] rows =
        [
            .. new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
                .SelectMany(file => File.ReadAllLines(Path.Combine(folder, file)))
                .Where(line => LedgerRow().IsMatch(line))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(Descriptors.Select(rule => $"{rule.Id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled")} | {rule.Title}"), rows);
    }

    [Fact]
    public void The_table_of_rules_is_true()
    {
        string[] rows = [.. File.ReadAllLines(Path.Combine(RulePage.Folder, "README.md")).Where(line => line.StartsWith("| [TT", StringComparison.Ordinal))];
        string[] expected = [.. Descriptors.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {SeverityOf(rule)} | {FixOf(rule.Id)} |")];
        Assert.True(expected.SequenceEqual(rows), $"analyzers/rules/README.md should have these rows:\n{string.Join('\n', expected)}");
    }

    private static string SeverityOf(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Off";

    private static string FixOf(string id)
    {
        CodeFixProvider[] fixes = [.. Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id))];
        return fixes.Length == 0 ? "no code fix" : fixes.Any(fix => fix.GetFixAllProvider() is not null) ? "code fix, with Fix All" : "code fix";
    }

    [GeneratedRegex("^TT[0-9]{3} \\|")]
    private static partial Regex LedgerRow();
}
