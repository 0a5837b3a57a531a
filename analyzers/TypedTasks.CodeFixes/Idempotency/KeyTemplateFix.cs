using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Shape;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT433 and TT435: takes a volatile part out of a key, and puts <c>:</c> between parts that run into each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class KeyTemplateFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public KeyTemplateFix()
        : base(RuleIds.KeyVolatile, RuleIds.KeyAmbiguous)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ExpressionSyntax>() is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } key)
        {
            return;
        }

        string template = key.Token.ValueText;
        if (scope.Diagnostic.Id == RuleIds.KeyAmbiguous)
        {
            Offer("Separate the parts by ':'", template.Replace("}{", "}:{"));
        }
        else if (scope.Property(ContractAnalyzer.Value) is { } path && Without(template, path) is { } shorter)
        {
            Offer("Leave the volatile part out", shorter);
        }

        void Offer(string title, string text) => scope.OfferReplacement(title, key, TaskAttributes.Text(text).WithTriviaFrom(key));
    }

    /// <summary>The template without the placeholder and one separator beside it; null where nothing would be left.</summary>
    private static string? Without(string template, string path)
    {
        string hole = $"{{{path}}}";
        int start = template.IndexOf(hole, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        int end = start + hole.Length;
        if (start > 0 && IsSeparator(template[start - 1]))
        {
            start--;
        }
        else if (end < template.Length && IsSeparator(template[end]))
        {
            end++;
        }

        string shorter = template.Remove(start, end - start);
        return shorter.IndexOf('{') >= 0 ? shorter : null;
    }

    private static bool IsSeparator(char c) => c is ':' or '-' or '_' or '/' or '.' or '|' or ' ';
}
