using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Evolution;

namespace TypedTasks.CodeFixes.Evolution;

/// <summary>TT601: writes what is missing into <c>TaskContracts.txt</c>. Fix All writes everything: so a project's first baseline is made of an empty file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddToBaselineFix : TaskCodeFix
{
    private const string Title = $"Add to {BaselineFile.FileName}";

    /// <summary>Creates the fix.</summary>
    public AddToBaselineFix()
        : base(RuleIds.NotInBaseline)
    {
    }

    /// <summary>All changes are of one file, whatever documents the diagnostics are in.</summary>
    public override FixAllProvider GetFixAllProvider() => new Together();

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        BaselineFixes.Register(context, _ => Title);
        return Task.CompletedTask;
    }

    private sealed class Together : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override Task<CodeAction?> GetFixAsync(FixAllContext context) =>
            Task.FromResult<CodeAction?>(CodeAction.Create(Title, cancellationToken => ApplyAsync(context, cancellationToken), Title));

        private static async Task<Solution> ApplyAsync(FixAllContext context, CancellationToken cancellationToken)
        {
            Solution solution = context.Solution;
            IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
            foreach (Project project in projects)
            {
                ImmutableArray<Diagnostic> found = context is { Scope: FixAllScope.Document, Document: { } document }
                    ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                solution = await BaselineFixes.ApplyAsync(solution, project.Id, found, cancellationToken).ConfigureAwait(false);
            }

            return solution;
        }
    }
}
