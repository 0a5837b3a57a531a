using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>TT442: what the public methods of a library do, for the projects that call them and cannot see into it. For those who ask for it.</summary>
internal sealed class AnnotationReport(EffectModel model, SymbolAnalysisContext context)
{
    /// <summary>The property under which the diagnostic says which member of <c>TaskEffect</c> fits.</summary>
    public const string Effect = "Effect";

    public void Make(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, IsAbstract: false, IsImplicitlyDeclared: false } || !IsVisible(method) ||
            !IsOn(method.Locations[0].SourceTree) || DeclaredEffect.Of(method) is not null || Implements(method) || model.Bodies.BodyOf(method, context.CancellationToken) is null)
        {
            return;
        }

        Summary summary = model.SummaryOf(method, out _, context.CancellationToken);
        IReadOnlyList<EffectEvent> events = [.. summary.Events.Select(happened => happened with { Call = happened.Call.Bound(Binding.OfHandler) })];
        Judge judge = new(model, events, context.CancellationToken);
        for (int i = 0; i < events.Count; i++)
        {
            // The first one: a method that does several things is declared by hand.
            if (events[i].Kind == EventKind.Effect && judge.On(i) is { IsUnsafe: true, Kind: var kind } && DeclaredEffect.NameOf(kind) is { } name)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.AnnotateEffect,
                    method.Locations[0],
                    events[i].Chain.Hops.Select(hop => hop.Location),
                    ImmutableDictionary<string, string?>.Empty.Add(Effect, name),
                    method.Name,
                    string.Join(" → ", events[i].Chain.Hops.Select(hop => hop.Name)),
                    name));
                return;
            }
        }
    }

    // Off unless asked for, by the options of the compilation or of the file: then nothing is read for it.
    private bool IsOn(SyntaxTree? file)
    {
        CompilationOptions options = context.Compilation.Options;
        bool isGiven = (options.SyntaxTreeOptionsProvider is { } files &&
                ((file is not null && files.TryGetDiagnosticValue(file, RuleIds.AnnotateEffect, context.CancellationToken, out ReportDiagnostic given)) ||
                    files.TryGetGlobalDiagnosticValue(RuleIds.AnnotateEffect, context.CancellationToken, out given))) ||
            options.SpecificDiagnosticOptions.TryGetValue(RuleIds.AnnotateEffect, out given);
        return isGiven && given is not (ReportDiagnostic.Suppress or ReportDiagnostic.Default);
    }

    private static bool IsVisible(IMethodSymbol method) =>
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal && method.ContainingType.EffectiveAccessibility() == Accessibility.Public;

    // Handlers declare what they are in their contract; what else implements an interface is called by it, and declared there.
    private static bool Implements(IMethodSymbol method) => !method.ExplicitInterfaceImplementations.IsEmpty || method.ContainingType.AllInterfaces.Any(contract =>
        contract.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));
}
