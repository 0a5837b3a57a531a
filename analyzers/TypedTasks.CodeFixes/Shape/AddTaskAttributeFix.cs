using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT105: marks a contract's method with <c>[Task]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddTaskAttributeFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public AddTaskAttributeFix()
        : base(RuleIds.MemberNotTask)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<MemberDeclarationSyntax>() is MethodDeclarationSyntax { Body: null, ExpressionBody: null, Modifiers: var modifiers } method &&
            !modifiers.Any(Microsoft.CodeAnalysis.CSharp.SyntaxKind.StaticKeyword) && TaskAttributes.Find(method, "Task") is null)
        {
            scope.OfferReplacement("Mark the method with [Task]", method, TaskAttributes.Add(method, "Task"));
        }
    }
}
