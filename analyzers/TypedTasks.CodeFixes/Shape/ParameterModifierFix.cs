using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT103: drops <c>ref</c>, <c>in</c>, <c>out</c> or <c>params</c>. A span has none to drop, and gets no fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ParameterModifierFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ParameterModifierFix()
        : base(RuleIds.ParameterNotPassable)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ParameterSyntax>() is { Modifiers.Count: > 0, Type: { } type } parameter)
        {
            ParameterSyntax plain = parameter
                .WithModifiers(default)
                .WithType(type.WithLeadingTrivia(parameter.Modifiers[0].LeadingTrivia));
            scope.OfferReplacement("Pass the parameter by value", parameter, plain);
        }
    }
}
