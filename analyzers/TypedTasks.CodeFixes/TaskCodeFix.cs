using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TypedTasks.CodeFixes;

/// <summary>What every fix of TypedTasks is: it edits the document that the diagnostic is in, keeps comments and layout, and can be applied everywhere at once.</summary>
public abstract class TaskCodeFix : CodeFixProvider
{
    private protected TaskCodeFix(params string[] rules) => FixableDiagnosticIds = [.. rules];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FullSpan.Contains(diagnostic.Location.SourceSpan))
            {
                await RegisterAsync(new FixScope(context, root, diagnostic)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Offers the fixes of one diagnostic, by what has to be asked of the semantic model.</summary>
    private protected virtual Task RegisterAsync(FixScope scope)
    {
        Register(scope);
        return Task.CompletedTask;
    }

    /// <summary>Offers the fixes of one diagnostic, by the syntax alone.</summary>
    private protected virtual void Register(FixScope scope)
    {
    }
}

/// <summary>One diagnostic and where it is.</summary>
internal sealed class FixScope(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public Document Document => context.Document;

    public SyntaxNode Root { get; } = root;

    public CancellationToken CancellationToken => context.CancellationToken;

    /// <summary>The innermost node of this kind around the diagnostic, or null.</summary>
    public TNode? Find<TNode>()
        where TNode : SyntaxNode =>
        Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();

    /// <summary>A value that the analyzer attached, or null.</summary>
    public string? Property(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The semantic model of the document.</summary>
    public async Task<SemanticModel> ModelAsync() =>
        await Document.GetSemanticModelAsync(CancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("A C# document has a semantic model.");

    /// <summary>Offers to replace one node.</summary>
    /// <param name="title">What the light bulb says; also tells this fix from others of the rule when all are applied at once.</param>
    /// <param name="node">A node of <see cref="Root"/>.</param>
    /// <param name="replacement">What stands for it.</param>
    /// <param name="equivalence">What this fix has in common with those of other places, where the title names the place.</param>
    public void OfferReplacement(string title, SyntaxNode node, SyntaxNode replacement, string? equivalence = null) =>
        Offer(title, _ => Task.FromResult(Root.ReplaceNode(node, replacement)), equivalence);

    /// <summary>Offers a change of the document.</summary>
    public void Offer(string title, Func<CancellationToken, Task<SyntaxNode>> change, string? equivalence = null) => context.RegisterCodeFix(
        CodeAction.Create(
            title,
            async cancellationToken => Document.WithSyntaxRoot(await change(cancellationToken).ConfigureAwait(false)),
            equivalence ?? title),
        Diagnostic);

    /// <summary>Offers a change of the solution.</summary>
    public void OfferSolution(string title, Func<CancellationToken, Task<Solution>> change, string? equivalence = null) => context.RegisterCodeFix(
        CodeAction.Create(title, change, equivalence ?? title),
        Diagnostic);
}
