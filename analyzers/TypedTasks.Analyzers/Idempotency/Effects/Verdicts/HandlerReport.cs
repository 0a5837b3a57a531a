using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Reliability;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Turns what a handler does into diagnostics, by what its task declares.</summary>
internal sealed class HandlerReport
{
    private const int MostNamed = 3;

    private readonly EffectModel _model;
    private readonly Handler _handler;
    private readonly IReadOnlyList<EffectEvent> _events;
    private readonly bool _isComplete;
    private readonly Action<Diagnostic> _report;
    private readonly CancellationToken _cancellationToken;

    private HandlerReport(EffectModel model, Handler handler, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        _model = model;
        _handler = handler;
        _report = report;
        _cancellationToken = cancellationToken;
        Summary summary = model.SummaryOf(handler.Method, out _isComplete, cancellationToken);
        _events = RootEvents.Of(summary, handler, model, cancellationToken);
    }

    public static void Make(EffectModel model, Handler handler, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        HandlerReport made = new(model, handler, report, cancellationToken);
        made.ReportDelivery();
        made.ReportHealth();
        if (!handler.Task.Has(KnownSymbols.AtMostOnceAttribute) && !made.IsAssumed())
        {
            made.ReportEffects();
            new ScopeReport(handler, made._events, report).Make();
        }
    }

    private bool IsAssumed() => DeclaredEffect.Of(_handler.Method) is { IsAssumed: true } || DeclaredEffect.Of(_handler.Task) is { IsAssumed: true };

    /// <summary>What is wrong whatever the task declares: work that the settlement does not wait for, failures that it does not hear of.</summary>
    private void ReportDelivery()
    {
        HashSet<Location> seen = [];
        foreach (EffectEvent happened in _events)
        {
            DiagnosticDescriptor? rule = happened.Kind switch
            {
                // What the handler's own body does, is said where that is read.
                EventKind.Blocked when happened.Chain.Length == 1 || TaskMethods.IsDedicated(_handler.Task) => null,
                EventKind.Blocked => happened.Detail == Blocking.Sleep ? Rules.BlockingSleep : Rules.SyncOverAsync,
                EventKind.AsyncVoid => Rules.AsyncVoid,
                EventKind.Discarded => Rules.WorkOutlivesTask,
                EventKind.Swallowed => Rules.FailureSwallowed,
                _ => null,
            };
            if (rule is not null && seen.Add(happened.Site))
            {
                Report(rule, happened, happened.Kind == EventKind.Blocked ? $"{happened.Detail} in {CallersOf(happened)}" : ChainOf(happened));
            }
        }
    }

    private void ReportHealth()
    {
        EffectEvent? incomplete = _events.FirstOrDefault(happened => happened.Kind == EventKind.Incomplete);
        if (incomplete is not null || !_isComplete)
        {
            string reason = !_isComplete ? $"it reaches more than {EffectModel.MostMethods} methods" : incomplete!.Detail;
            _report(Diagnostic.Create(Rules.AnalysisIncomplete, _handler.Place, _handler.Name, reason));
        }
    }

    private void ReportEffects()
    {
        Judge judge = new(_model, _events, _cancellationToken);
        List<(EffectEvent Happened, Verdict Verdict)> found = [];
        HashSet<(Location, Location)> seen = [];
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Kind == EventKind.Effect && judge.On(i) is { Rule: not null } verdict && !IsSaidOfOther(_events[i], verdict, found) && seen.Add((_events[i].Chain.Location, _events[i].Site)))
            {
                found.Add((_events[i], verdict));
            }
        }

        AttributeData? idempotent = _handler.Task.Attribute(KnownSymbols.IdempotentAttribute);
        if (idempotent is null)
        {
            ReportUndeclared([.. found.Where(effect => effect.Verdict.IsUnsafe)]);
        }
        else if (idempotent.Named<string?>("Key", null) is not null)
        {
            foreach ((EffectEvent happened, Verdict verdict) in found.Where(effect => effect.Verdict.IsUnsafe))
            {
                Report(happened.IsFollowed ? Rules.FailureRepeatsEffect : Rules.CrashWindow, happened, ChainOf(happened));
            }
        }
        else
        {
            foreach ((EffectEvent happened, Verdict verdict) in found)
            {
                Report(verdict.Rule!, happened, ChainOf(happened), verdict.Source is { } source ? $" ({source})" : "");
            }

            ReportRaces(judge);
            ReportStamps();
            ReportUnmodelled();
        }
    }

    // One call of several implementations of which one runs: what is said of one is not said again of another.
    private static bool IsSaidOfOther(EffectEvent happened, Verdict verdict, List<(EffectEvent Happened, Verdict Verdict)> found) => found.Exists(other =>
        ReferenceEquals(other.Verdict.Rule, verdict.Rule) && other.Happened.Chain.Length > 1 && other.Happened.Chain.Location == happened.Chain.Location &&
        !BranchPath.AreCompatible(other.Happened.Path, happened.Path));

    private void ReportUndeclared(IReadOnlyList<(EffectEvent Happened, Verdict Verdict)> unsafeEffects)
    {
        if (unsafeEffects.Count > 0)
        {
            string names = string.Join(", ", unsafeEffects.Select(effect => effect.Happened.Chain.Leaf.Name).Distinct().Take(MostNamed));
            IEnumerable<Location> places = unsafeEffects.SelectMany(effect => effect.Happened.Chain.Hops.Select(hop => hop.Location));
            _report(Diagnostic.Create(Rules.SemanticsUndeclared, _handler.Place, places, _handler.TaskName, names));
        }
        else if (_isComplete && _events.All(happened => happened.Kind is not (EventKind.Unknown or EventKind.Incomplete or EventKind.Virtual) && !IsUnjudged(happened)))
        {
            _report(Diagnostic.Create(Rules.CouldBeIdempotent, _handler.Place, _handler.TaskName));
        }
    }

    // SQL that is not constant may do anything.
    private static bool IsUnjudged(EffectEvent happened) =>
        happened.Kind == EventKind.Effect && happened.Rules.Any(rule => rule.Kind is EffectKind.Sql or EffectKind.StagedInsert && rule.Holds(happened.Call) &&
            (!ReferenceEquals(rule, EffectRules.NavigationAdd) || happened.Call.Values[0].IsLoaded));

    /// <summary>TT421: what only a look protects.</summary>
    private void ReportRaces(Judge judge)
    {
        HashSet<Location> seen = [];
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Kind == EventKind.Effect && judge.Raced(i).IsUnsafe && seen.Add(_events[i].Site))
            {
                Report(Rules.GuardNotAtomic, _events[i], ChainOf(_events[i]));
            }
        }
    }

    /// <summary>TT419: what a second run writes down anew.</summary>
    private void ReportStamps()
    {
        HashSet<Location> seen = [];
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Kind == EventKind.Stamped && _events[i].Guards == Guards.None && _events.Skip(i).Any(later => later.Kind == EventKind.Commit) && seen.Add(_events[i].Site))
            {
                Report(Rules.VolatileContent, _events[i], ChainOf(_events[i]), _events[i].Detail);
            }
        }
    }

    private void ReportUnmodelled()
    {
        HashSet<Location> seen = [];
        foreach (EffectEvent happened in _events)
        {
            if (happened.Kind == EventKind.Unknown && happened.IsExternal && happened.Guards == Guards.None && seen.Add(happened.Site))
            {
                Report(Rules.UnmodelledCall, happened, ChainOf(happened));
            }
        }
    }

    // The last hop is the method that blocks, which the call before it has named.
    private string CallersOf(EffectEvent happened) => $"{_handler.Name} → {string.Join(" → ", happened.Chain.Hops.Take(happened.Chain.Length - 1).Select(hop => hop.Name))}";

    private string ChainOf(EffectEvent happened) => $"{_handler.Name} → {string.Join(" → ", happened.Chain.Hops.Select(hop => hop.Name))}";

    private void Report(DiagnosticDescriptor rule, EffectEvent happened, params object[] arguments) =>
        _report(Diagnostic.Create(rule, happened.Chain.Location, happened.Chain.Hops.Skip(1).Select(hop => hop.Location), arguments));
}
