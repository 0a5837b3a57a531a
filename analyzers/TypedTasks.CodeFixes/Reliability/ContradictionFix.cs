using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT402: drops one side of a contradiction, whichever the author chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ContradictionFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ContradictionFix()
        : base(RuleIds.ContradictoryDeclaration)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is not { } method || TaskAttributes.Find(method, "AtMostOnce") is not { } atMostOnce)
        {
            return;
        }

        if (scope.Find<AttributeArgumentSyntax>() is { } attempts)
        {
            scope.Offer("Drop MaxAttempts", _ => Task.FromResult(scope.Root.RemoveNode(attempts, SyntaxRemoveOptions.KeepNoTrivia)!));
        }
        else if (TaskAttributes.Find(method, "Idempotent") is { } idempotent)
        {
            scope.Offer("Drop [Idempotent]", _ => Task.FromResult(TaskAttributes.Remove(scope.Root, idempotent)));
        }

        scope.Offer("Drop [AtMostOnce]", _ => Task.FromResult(TaskAttributes.Remove(scope.Root, atMostOnce)));
    }
}
