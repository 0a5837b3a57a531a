using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Holds what attributes say of a method's effects against its body.</summary>
internal sealed class DeclarationReport(EffectModel model, SymbolAnalysisContext context)
{
    public void Make(IMethodSymbol method)
    {
        CheckReason(method);
        if (method.IsAbstract || method.IsImplicitlyDeclared || method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.ExplicitInterfaceImplementation) ||
            DeclaredEffect.Of(method) is not { } declared || model.Bodies.BodyOf(method, context.CancellationToken) is null)
        {
            return;
        }

        Summary summary = model.SummaryOf(method, out _, context.CancellationToken);
        IReadOnlyList<EffectEvent> events = [.. summary.Events.Select(happened => happened with { Call = happened.Call.Bound(Binding.OfHandler) })];
        if (declared.IsAssumed)
        {
            CheckCoverage(method, events);
        }
        else
        {
            CheckStrength(method, declared.Rule!.Kind, events);
        }
    }

    private void CheckStrength(IMethodSymbol method, EffectKind declared, IReadOnlyList<EffectEvent> events)
    {
        Judge judge = new(model, events, context.CancellationToken);
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Kind != EventKind.Effect)
            {
                continue;
            }

            // A declared identity makes the caller's value the token; what the effect is stays the same.
            Verdict verdict = judge.On(i);
            bool isStronger = declared == EffectKind.Free
                ? verdict.IsUnsafe || verdict.Kind is EffectKind.Write or EffectKind.Create
                : verdict.IsUnsafe && verdict.Kind != declared;
            if (isStronger)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.DeclaredEffectWeaker,
                    method.Locations[0],
                    events[i].Chain.Hops.Select(hop => hop.Location),
                    method.Name,
                    declared == EffectKind.Free ? "free of effects" : declared.ToString(),
                    string.Join(" → ", events[i].Chain.Hops.Select(hop => hop.Name))));
                return;
            }
        }
    }

    private void CheckCoverage(IMethodSymbol method, IReadOnlyList<EffectEvent> events)
    {
        if (!method.Has(DeclaredEffect.AssumeIdempotent))
        {
            return;
        }

        Judge judge = new(model, events, context.CancellationToken);
        bool coversSomething = false;
        for (int i = 0; i < events.Count && !coversSomething; i++)
        {
            coversSomething = events[i].Kind is EventKind.Unknown or EventKind.Incomplete or EventKind.Invoke or EventKind.Virtual ||
                (events[i].Kind == EventKind.Effect && (judge.Bare(i).IsUnsafe || events[i].Rules.Any(rule => rule.Kind == EffectKind.Sql)));
        }

        if (!coversSomething)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.AttestationStale, method.Locations[0], method.Name, "nothing in it would do harm twice; remove the attribute"));
        }
    }

    private void CheckReason(IMethodSymbol method)
    {
        foreach (ISymbol? symbol in (ISymbol?[])[method, method.MethodKind == MethodKind.Constructor && method.IsImplicitlyDeclared ? method.ContainingType : null])
        {
            if (symbol?.Attribute(DeclaredEffect.AssumeIdempotent) is { ConstructorArguments: [{ Value: var reason }] } && string.IsNullOrWhiteSpace(reason as string))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.AttestationStale, symbol.Locations[0], symbol.Name, "it gives no reason; say what recognises the repetition"));
            }
        }
    }
}
