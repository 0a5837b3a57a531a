using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.CodeFixes;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>
/// Asserts what a fix makes of code: applied one place after the other, and everywhere at once, which must come to the same. The result compiles, and the
/// analyzer has nothing more that this fix could mend.
/// </summary>
internal static class Verify<TAnalyzer, TFix>
    where TAnalyzer : TaskAnalyzer, new()
    where TFix : TaskCodeFix, new()
{
    /// <summary>Before and after, of one file.</summary>
    public static Task VerifyCodeFixAsync(string source, string fixedSource, int action = 0) => VerifyCodeFixAsync((TestCode)source, [fixedSource], action: action);

    /// <summary>Before and after.</summary>
    /// <param name="code">The code; the marks are not looked at.</param>
    /// <param name="fixedSources">Each source afterwards.</param>
    /// <param name="fixedFiles">The additional files that are expected to change, afterwards.</param>
    /// <param name="action">Which of the offered fixes to apply.</param>
    public static async Task VerifyCodeFixAsync(TestCode code, IReadOnlyList<string> fixedSources, IReadOnlyDictionary<string, string>? fixedFiles = null, int action = 0)
    {
        Dictionary<string, string> expected = new(fixedFiles ?? new Dictionary<string, string>());
        for (int i = 0; i < fixedSources.Count; i++)
        {
            expected.Add(TestCode.PathOf(i), fixedSources[i]);
        }

        Project sequential = await ApplyAllAsync(code, action);
        await AssertTextsAsync(expected, sequential);
        string[] errors = Compilations.Errors(await Workspaces.CompileAsync(sequential));
        Assert.True(errors.Length == 0, string.Join("\n", errors));

        if (new TFix().GetFixAllProvider() is { } provider)
        {
            await AssertTextsAsync(expected, await ApplyEverywhereAsync(code, provider, action));
        }
    }

    /// <summary>Asserts that the analyzer reports, and that the fix offers nothing.</summary>
    public static async Task VerifyNoCodeFixAsync(TestCode code)
    {
        Project project = Workspaces.Open(code);
        ImmutableArray<Diagnostic> found = await FixableAsync(project);
        Assert.NotEmpty(found);
        Assert.Empty(await OffersAsync(project, found[0]));
    }

    /// <summary>The titles of what the fix offers for the first diagnostic.</summary>
    public static async Task<string[]> TitlesAsync(TestCode code)
    {
        Project project = Workspaces.Open(code);
        return [.. (await OffersAsync(project, (await FixableAsync(project))[0])).Select(offer => offer.Title)];
    }

    private static async Task<Project> ApplyAllAsync(TestCode code, int action)
    {
        Project project = Workspaces.Open(code);
        for (int round = 0; round < 50; round++)
        {
            Project before = project;
            foreach (Diagnostic diagnostic in await FixableAsync(project))
            {
                ImmutableArray<CodeAction> offers = await OffersAsync(project, diagnostic);
                if (offers.Length > action)
                {
                    project = await ApplyAsync(project, offers[action]);
                    break;
                }
            }

            if (ReferenceEquals(before, project))
            {
                Assert.True(round > 0, "The fix was not offered.");
                return project;
            }
        }

        throw new InvalidOperationException("The fix does not come to an end.");
    }

    private static async Task<Project> ApplyEverywhereAsync(TestCode code, FixAllProvider provider, int action)
    {
        Project project = Workspaces.Open(code);
        ImmutableArray<Diagnostic> found = await FixableAsync(project);
        CodeAction? first = null;
        foreach (Diagnostic diagnostic in found)
        {
            ImmutableArray<CodeAction> offers = await OffersAsync(project, diagnostic);
            if (offers.Length > action)
            {
                first = offers[action];
                break;
            }
        }

        FixAllContext context = DocumentOf(project, found[0]) is { } document
            ? new FixAllContext(document, new TFix(), FixAllScope.Project, first!.EquivalenceKey!, found.Select(diagnostic => diagnostic.Id).Distinct(), new Diagnostics(), TestContext.Current.CancellationToken)
            : new FixAllContext(project, new TFix(), FixAllScope.Project, first!.EquivalenceKey!, found.Select(diagnostic => diagnostic.Id).Distinct(), new Diagnostics(), TestContext.Current.CancellationToken);
        CodeAction? all = await provider.GetFixAsync(context);
        Assert.NotNull(all);
        return await ApplyAsync(project, all);
    }

    private static async Task<ImmutableArray<Diagnostic>> FixableAsync(Project project)
    {
        ImmutableArray<Diagnostic> found = await Workspaces.AnalyzeAsync(project, new TAnalyzer());
        Analysis.AssertNoFailure(found);
        return [.. found.Where(diagnostic => new TFix().FixableDiagnosticIds.Contains(diagnostic.Id))];
    }

    private static async Task<ImmutableArray<CodeAction>> OffersAsync(Project project, Diagnostic diagnostic)
    {
        List<CodeAction> offers = [];
        if (DocumentOf(project, diagnostic) is { } document)
        {
            await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offer, _) => offers.Add(offer), TestContext.Current.CancellationToken));
        }
        else if (project.AdditionalDocuments.FirstOrDefault(file => file.FilePath == diagnostic.Location.GetLineSpan().Path) is { } file)
        {
            await new TFix().RegisterCodeFixesAsync(new CodeFixContext(file, diagnostic, (offer, _) => offers.Add(offer), TestContext.Current.CancellationToken));
        }

        return [.. offers];
    }

    private static Document? DocumentOf(Project project, Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree ? project.Documents.FirstOrDefault(document => document.FilePath == tree.FilePath) : null;

    private static async Task<Project> ApplyAsync(Project project, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    private static async Task AssertTextsAsync(Dictionary<string, string> expected, Project project)
    {
        foreach ((string path, string text) in expected)
        {
            TextDocument document = project.Documents.Concat<TextDocument>(project.AdditionalDocuments).Single(candidate => candidate.FilePath == path);
            Assert.Equal(text, (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await FixableAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await FixableAsync(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == tree?.FilePath);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await FixableAsync(project)).Where(diagnostic => diagnostic.Location.SourceTree is null);
    }
}
