using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT508: takes an exception out of RetryOn, and RetryOn away with the last.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PermanentErrorFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public PermanentErrorFix()
        : base(RuleIds.RetryOfPermanentError)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<TypeOfExpressionSyntax>() is { } type && scope.Find<AttributeArgumentSyntax>() is { } argument)
        {
            SyntaxNode element = type.Parent is ExpressionElementSyntax inCollection ? inCollection : type;
            bool isLast = argument.DescendantNodes().OfType<TypeOfExpressionSyntax>().Skip(1).FirstOrDefault() is null;
            SyntaxNode removed = isLast ? argument : element;
            scope.Offer("Do not retry it", _ => Task.FromResult(scope.Root.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia)!));
        }
    }
}
