using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT106: names a task after its method and its parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class TaskNameFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public TaskNameFix()
        : base(RuleIds.TaskNameTwice)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is not { } method || TaskAttributes.Find(method, "Task") is not { } attribute)
        {
            return;
        }

        IEnumerable<string> words = method.ParameterList.Parameters
            .Where(parameter => parameter.Type?.ToString() is not ("CancellationToken" or "TaskContext"))
            .Select(parameter => NameRules.Kebab(parameter.Identifier.ValueText));
        string name = string.Join("-", [NameRules.TaskWireName(method.Identifier.ValueText), .. words]);
        if (NameRules.IsWireName(name))
        {
            scope.OfferReplacement($"Name the task \"{name}\"", attribute, TaskAttributes.WithPositional(attribute, TaskAttributes.Text(name)), "Name the task");
        }
    }
}
