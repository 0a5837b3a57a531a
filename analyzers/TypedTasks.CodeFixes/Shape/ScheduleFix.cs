using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;
using TypedTasks.Shared.Cron;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT108: a duration that stands where a schedule has its cron expression goes to <c>Every</c>, and an expression that stands there goes to the front.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ScheduleFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ScheduleFix()
        : base(RuleIds.AttributeValueInvalid)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ExpressionSyntax>() is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ||
            literal.Parent is not AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list } argument ||
            TaskAttributes.NameOf(attribute) is not ("Schedule" or "ScheduleAttribute"))
        {
            return;
        }

        string text = literal.Token.ValueText;
        string? name = argument.NameEquals?.Name.Identifier.ValueText;
        if (name is null && DurationParser.TryParse(text, out _) && !list.Arguments.Any(other => other.NameEquals?.Name.Identifier.ValueText == "Every"))
        {
            AttributeSyntax without = attribute.WithArgumentList(list.WithArguments(list.Arguments.Remove(argument)));
            scope.OfferReplacement($"Write Every = \"{text}\"", attribute, TaskAttributes.WithNamed(without, "Every", literal.WithoutTrivia()), "Write Every");
        }
        else if (name == "Every" && CronParser.TryParse(text, out _, out _) && !list.Arguments.Any(other => other.NameEquals is null))
        {
            AttributeSyntax without = attribute.WithArgumentList(list.WithArguments(list.Arguments.Remove(argument)));
            scope.OfferReplacement($"Write \"{text}\" without Every", attribute, TaskAttributes.WithPositional(without, literal.WithoutTrivia()), "Write the expression");
        }
    }
}
