using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Analyzers.Evolution;

namespace TypedTasks.CodeFixes.Evolution;

/// <summary>What the fixes that write <c>TaskContracts.txt</c> have in common: the diagnostic brings the changes, and they are made in the project's file.</summary>
internal static class BaselineFixes
{
    /// <summary>Offers the diagnostics' changes of the baseline, where there are any.</summary>
    public static void Register(CodeFixContext context, Func<Diagnostic, string> title)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (EditsOf(diagnostic).Length > 0 && FileOf(project) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title(diagnostic), cancellationToken => ApplyAsync(project.Solution, project.Id, [diagnostic], cancellationToken), title(diagnostic)),
                    diagnostic);
            }
        }
    }

    /// <summary>The solution with the changes of several diagnostics made in a project's baseline, in the order of their places.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, ProjectId project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (FileOf(solution.GetProject(project)!) is not { } file)
        {
            return solution;
        }

        SourceText text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<BaselineEdit> edits = diagnostics
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .SelectMany(diagnostic => EditsOf(diagnostic));
        return solution.WithAdditionalDocumentText(file.Id, SourceText.From(BaselineWriter.Apply(text.ToString(), edits), text.Encoding));
    }

    // The first by path, which is the one that the analyzer reads.
    private static TextDocument? FileOf(Project project) => project.AdditionalDocuments
        .Where(document => string.Equals(Path.GetFileName(document.FilePath ?? document.Name), BaselineFile.FileName, StringComparison.OrdinalIgnoreCase))
        .OrderBy(document => document.FilePath ?? document.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static ImmutableArray<BaselineEdit> EditsOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(Finding.EditsProperty, out string? edits) && edits is not null ? [.. BaselineEdit.Split(edits)] : [];
}
