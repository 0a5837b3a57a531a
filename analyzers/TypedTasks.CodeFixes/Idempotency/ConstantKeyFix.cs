using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT432: adds the first parameter to a key that names none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ConstantKeyFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ConstantKeyFix()
        : base(RuleIds.KeyIgnoresParameters)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ExpressionSyntax>() is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } key &&
            scope.Find<MethodDeclarationSyntax>() is { ParameterList.Parameters: [{ Identifier.ValueText: var first, Type: var type }, ..] } &&
            type?.ToString() is not ("CancellationToken" or "TaskContext"))
        {
            string text = key.Token.ValueText;
            scope.OfferReplacement($"Add '{first}' to the key", key, TaskAttributes.Text(text.Length == 0 ? first : $"{text}:{{{first}}}").WithTriviaFrom(key), "Add the first parameter");
        }
    }
}
