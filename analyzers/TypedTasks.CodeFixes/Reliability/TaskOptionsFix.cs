using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Reliability;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT436 and TT509: writes the value that the arithmetic asks for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class TaskOptionsFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public TaskOptionsFix()
        : base(RuleIds.WindowTooShort, RuleIds.UnboundedRetry)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Property(TaskOptionsAnalyzer.Better) is { } better && scope.Find<AttributeSyntax>() is { } attribute)
        {
            string name = scope.Diagnostic.Id == RuleIds.WindowTooShort ? "Window" : "Backoff";
            scope.OfferReplacement($"{name} = \"{better}\"", attribute, TaskAttributes.WithNamed(attribute, name, TaskAttributes.Text(better)), $"Set {name}");
        }
    }
}
