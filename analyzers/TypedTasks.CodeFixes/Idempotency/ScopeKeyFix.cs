using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT437: the effect's name is put before a key that another effect has. TT431: the name takes the place of a key that is new in every attempt.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ScopeKeyFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ScopeKeyFix()
        : base(RuleIds.ScopeKeyReused, RuleIds.UnstableScopeKey)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax call } argument && argument.Expression.Span == scope.Diagnostic.Location.SourceSpan)
        {
            string name = EffectNames.OfScope(call);
            ExpressionSyntax key = argument.Expression;
            bool isFresh = scope.Diagnostic.Id == RuleIds.UnstableScopeKey;
            scope.OfferReplacement(
                isFresh ? "Name the effect" : "Put the effect's name before the key",
                key,
                (isFresh ? Literal(name) : Prefixed(name, key)).WithTriviaFrom(key));
        }
    }

    private static ExpressionSyntax Prefixed(string name, ExpressionSyntax key) => key switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => Literal($"{name}:{text}"),
        InterpolatedStringExpressionSyntax interpolated when interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken) =>
            SyntaxFactory.ParseExpression($"$\"{name}:{interpolated.Contents}\""),
        _ => SyntaxFactory.ParseExpression($"$\"{name}:{{{(key is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax ? key.WithoutTrivia().ToString() : $"({key.WithoutTrivia()})")}}}\""),
    };

    private static LiteralExpressionSyntax Literal(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}
