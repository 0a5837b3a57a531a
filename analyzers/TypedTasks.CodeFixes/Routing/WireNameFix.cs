using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>TT202 and TT204: replaces what a name on the wire cannot have by <c>-</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WireNameFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public WireNameFix()
        : base(RuleIds.WireNameIllegal, RuleIds.QueueNameIllegal)
    {
    }

    private protected override void Register(FixScope scope)
    {
        // The value itself is marked, or the constant that has it.
        ExpressionSyntax? value = scope.Find<VariableDeclaratorSyntax>() is { Initializer.Value: var initializer } ? initializer : scope.Find<ExpressionSyntax>();
        if (value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal && Legal(literal.Token.ValueText) is { } name)
        {
            scope.OfferReplacement($"Use the name \"{name}\"", literal, TaskAttributes.Text(name).WithTriviaFrom(literal), "Use a legal name");
        }
    }

    private static string? Legal(string name)
    {
        StringBuilder legal = new();
        foreach (char c in name)
        {
            if (NameRules.IsWireName(c.ToString()))
            {
                legal.Append(c);
            }
            else if (legal.Length > 0 && legal[legal.Length - 1] != '-')
            {
                legal.Append('-');
            }
        }

        string result = legal.ToString().TrimEnd('-');
        return NameRules.IsWireName(result) ? result : null;
    }
}
