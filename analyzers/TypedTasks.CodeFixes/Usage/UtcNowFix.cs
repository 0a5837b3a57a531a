using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Usage;

/// <summary>TT707: <c>DateTime.Now</c> becomes <c>DateTime.UtcNow</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UtcNowFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public UtcNowFix()
        : base(RuleIds.LocalClock)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<MemberAccessExpressionSyntax>() is { Name.Identifier.ValueText: "Now" } now && !now.Ancestors().Any(IsDifference))
        {
            scope.OfferReplacement("Use UtcNow", now.Name, SyntaxFactory.IdentifierName("UtcNow").WithTriviaFrom(now.Name));
        }
    }

    // due - DateTime.Now: what due is, nobody here can know.
    private static bool IsDifference(SyntaxNode node) => node.IsKind(SyntaxKind.SubtractExpression);
}
