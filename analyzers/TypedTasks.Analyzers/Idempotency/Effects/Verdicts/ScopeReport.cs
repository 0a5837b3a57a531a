using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What is wrong with the keys of <c>OnceAsync</c>: fresh in every attempt, the same for two effects, the same in every round of a loop.</summary>
internal sealed class ScopeReport(Handler handler, IReadOnlyList<EffectEvent> events, Action<Diagnostic> report)
{
    public void Make()
    {
        List<EffectEvent> scopes = [];
        HashSet<Location> seen = [];
        foreach (EffectEvent scope in events)
        {
            if (scope.Kind != EventKind.Scope || !seen.Add(scope.Site))
            {
                continue;
            }

            Value key = scope.Call.Values[1];
            if (key.Taint is { IsVolatile: true, Source: var source })
            {
                Report(Rules.UnstableScopeKey, scope, handler.Name, source ?? scope.Detail);
            }
            else if (scopes.Exists(other => IsSame(other, scope)))
            {
                Report(Rules.ScopeKeyReused, scope, handler.Name, scope.Detail);
            }
            else if (scope.IsLoopInvariant)
            {
                Report(Rules.ScopeKeyLoopInvariant, scope, handler.Name, scope.Detail);
            }

            scopes.Add(scope);
        }
    }

    // One run passes both, and both have one key: by its text where that is constant, else as it is written in one method.
    private static bool IsSame(EffectEvent one, EffectEvent other)
    {
        if (!BranchPath.AreCompatible(one.Path, other.Path))
        {
            return false;
        }

        string? text = one.Call.Values[1].Text;
        return text is not null && text.IndexOf("{}", StringComparison.Ordinal) < 0
            ? text == other.Call.Values[1].Text
            : one.Chain.Length == 1 && other.Chain.Length == 1 && one.Detail.Length > 0 && one.Detail == other.Detail && !IsCall(one.Detail);
    }

    // A call may return something else each time; what writes a value down does not.
    private static bool IsCall(string key) => (key.EndsWith(".ToString()", StringComparison.Ordinal) ? key.Substring(0, key.Length - ".ToString()".Length) : key).Contains('(');

    private void Report(DiagnosticDescriptor rule, EffectEvent scope, params object[] arguments) =>
        report(Diagnostic.Create(rule, scope.Chain.Location, scope.Chain.Hops.Skip(1).Select(hop => hop.Location), arguments));
}
