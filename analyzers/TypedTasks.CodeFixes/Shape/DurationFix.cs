using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT108: rewrites a duration whose meaning is plain, such as <c>5 mins</c>, and turns a range around that begins with its most.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DurationFix : TaskCodeFix
{
    private static readonly Regex Plain = new(
        @"^\s*(?<n>\d+(\.\d+)?)\s*(?:(?<us>us|µs|microseconds?)|(?<ms>ms|msecs?|millis|milliseconds?)|(?<s>s|secs?|seconds?)|(?<m>m|mins?|minutes?)|(?<h>h|hrs?|hours?)|(?<d>d|days?))\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    private static readonly string[] Units = ["us", "ms", "s", "m", "h", "d"];

    /// <summary>Creates the fix.</summary>
    public DurationFix()
        : base(RuleIds.AttributeValueInvalid)
    {
    }

    private protected override void Register(FixScope scope)
    {
        // Durations are named; what is not is the cron expression of a schedule.
        if (scope.Find<ExpressionSyntax>() is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Parent: AttributeArgumentSyntax { NameEquals.Name.Identifier.ValueText: var name } } literal &&
            (name == "Every" ? Single(literal.Token.ValueText) : Rewrite(literal.Token.ValueText)) is { } rewritten && rewritten != literal.Token.ValueText)
        {
            scope.OfferReplacement($"Write \"{rewritten}\"", literal, TaskAttributes.Text(rewritten).WithTriviaFrom(literal), "Rewrite the duration");
        }
    }

    private static string? Rewrite(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return Single(text);
        }

        if (Single(text.Substring(0, dots)) is not { } first || Single(text.Substring(dots + 2)) is not { } second)
        {
            return null;
        }

        string range = $"{first}..{second}";
        string turned = $"{second}..{first}";
        return DurationParser.TryParseRange(range, out _, out _) ? range : DurationParser.TryParseRange(turned, out _, out _) ? turned : null;
    }

    private static string? Single(string text)
    {
        if (DurationParser.TryParse(text, out Shared.Model.Duration known))
        {
            return known.Ticks > 0 ? text : null;
        }

        Match match = Plain.Match(text);
        return match.Success && Units.FirstOrDefault(unit => match.Groups[unit].Success) is { } name && match.Groups["n"].Value + name is var rewritten &&
            DurationParser.TryParse(rewritten, out Shared.Model.Duration duration) && duration.Ticks > 0
                ? rewritten
                : null;
    }
}
