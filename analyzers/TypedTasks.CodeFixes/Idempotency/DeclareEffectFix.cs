using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Idempotency.Effects;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT442: declares the effect that the body has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DeclareEffectFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public DeclareEffectFix()
        : base(RuleIds.AnnotateEffect)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is { } method && scope.Property(AnnotationReport.Effect) is { } effect)
        {
            scope.OfferReplacement("Declare the effect", method, TaskAttributes.Add(method, $"TaskEffect(TaskEffect.{effect})"));
        }
    }
}
