using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT401 and TT403: declares in the contract what a second delivery does: a key, nothing, or that there is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DeclareRedeliveryFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public DeclareRedeliveryFix()
        : base(RuleIds.SemanticsUndeclared, RuleIds.CouldBeIdempotent)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        if (scope.Find<MethodDeclarationSyntax>() is not { } handler || TaskCompilation.For(model.Compilation) is not { } tasks ||
            tasks.TaskOf(model.GetDeclaredSymbol(handler, scope.CancellationToken)) is not { DeclaringSyntaxReferences: [var reference] } task ||
            scope.Document.Project.Solution.GetDocument(reference.SyntaxTree) is not { } document)
        {
            return;
        }

        if (scope.Diagnostic.Id == RuleIds.CouldBeIdempotent)
        {
            Offer("Declare the task idempotent", "Idempotent");
            return;
        }

        if (task.Parameters.FirstOrDefault(IsIdentity) is { } identity)
        {
            Offer("Give the task a key", $"Idempotent(Key = nameof({NameRules.Escape(identity.Name)}))");
        }

        Offer("Declare the task idempotent, and mend what is not", "Idempotent");
        Offer("Declare that the task runs at most once", "AtMostOnce");

        void Offer(string title, string attribute) => scope.OfferSolution(title, async cancellationToken =>
        {
            SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var declaration = (MethodDeclarationSyntax)root.FindNode(reference.Span);
            return document.WithSyntaxRoot(root.ReplaceNode(declaration, TaskAttributes.Add(declaration, attribute))).Project.Solution;
        });
    }

    // What a key can be made of as it is: an id, a number, a name.
    private static bool IsIdentity(IParameterSymbol parameter) =>
        parameter.Type.IsNamed("System.Guid") || parameter.Type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64;
}
