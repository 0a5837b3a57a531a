using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// Walks one body once, in the order of evaluation, and writes down what happens. Values are followed through locals, members and calls;
/// branches are joined, so what is said of a value holds on every path, and a taint that it may have on one path it has.
/// </summary>
internal sealed partial class BodyWalker
{
    private const int DeepestNesting = 200;

    private readonly EffectModel _model;
    private readonly IMethodSymbol? _method;
    private readonly Func<IMethodSymbol, Summary?> _summaries;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<ISymbol, Value> _variables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _armOf = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, (IInvocationOperation Call, Guards Guards, BranchPath? Path)> _unwatched = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _inlining = new(SymbolEqualityComparer.Default);
    private readonly Stack<Value> _implicit = new();
    private readonly Stack<Value> _conditional = new();
    private readonly Stack<IOperation> _loops = new();
    private readonly Value _this;

    private List<EffectEvent> _events = [];
    private Value? _returns;
    private Guards _guards;
    private BranchPath? _path;
    private Value _lambdaInput = Value.Stable;
    private HashSet<ISymbol>? _written;
    private IOperation? _root;
    private int _depth;
    private int _arms;
    private bool _takesConflict;

    public BodyWalker(EffectModel model, IMethodSymbol? method, Func<IMethodSymbol, Summary?> summaries, CancellationToken cancellationToken)
    {
        _model = model;
        _method = method;
        _summaries = summaries;
        _cancellationToken = cancellationToken;
        _this = ParameterValue(0);
        if (method is not null)
        {
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                _variables[parameter] = ParameterValue(parameter.Ordinal + 1);
            }
        }
    }

    /// <summary>What the method does.</summary>
    public Summary Summarize(IOperation body)
    {
        _root = body;
        Visit(body);
        EndUnwatched();
        bool isCut = _events.Count > Summary.MostEvents;
        if (isCut)
        {
            _events.RemoveRange(Summary.MostEvents, _events.Count - Summary.MostEvents);
            AddIncomplete(body.Syntax.GetLocation(), "too much happens here");
        }

        for (int i = _events.Count - 1; i >= 0; i--)
        {
            if (_events[i].Kind != EventKind.MaybeSwallowed)
            {
                continue;
            }

            if (_events.Skip(i + 1).Any(Ordering.IsWork))
            {
                _events.RemoveAt(i);
            }
            else
            {
                _events[i] = _events[i] with { Kind = EventKind.Swallowed };
            }
        }

        if (_takesConflict)
        {
            // Whoever looks for "409 Conflict" knows that the other side tells a repetition.
            for (int i = 0; i < _events.Count; i++)
            {
                _events[i] = _events[i] with { Guards = _events[i].Guards | Guards.HttpConflict };
            }
        }

        Dictionary<int, Facts> writes = [];
        AddWrites(0, _this);
        foreach (IParameterSymbol parameter in _method?.Parameters ?? [])
        {
            AddWrites(parameter.Ordinal + 1, ParameterOf(parameter));
        }

        return new Summary { Events = Ordering.Ordered(_events), Returns = _returns ?? Value.Stable, Writes = writes };

        void AddWrites(int index, Value value)
        {
            if (value.Facts is { IsEmpty: false } facts)
            {
                writes[index] = facts;
            }
        }
    }

    /// <summary>The value of an expression that stands alone: an initializer.</summary>
    public Value Evaluate(IOperation expression)
    {
        _root = expression;
        return Visit(expression);
    }

    private static Value ParameterValue(int index) => new() { Parameter = index, Taint = Taint.OfParameter(index), Facts = new Facts(), LoadedWith = Taint.Bit(index) };

    private Value ParameterOf(IParameterSymbol parameter) => _variables.TryGetValue(parameter, out Value? value) ? value : Value.Stable;

    /// <summary>Evaluates an operation, and writes down what happens on the way.</summary>
    private Value Visit(IOperation? operation)
    {
        if (operation is null)
        {
            return Value.Stable;
        }

        if (_depth >= DeepestNesting)
        {
            AddIncomplete(operation.Syntax.GetLocation(), "the code is nested too deeply");
            return Value.Stable;
        }

        _depth++;
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            return VisitStatement(operation) ?? VisitExpression(operation);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Visits all, and joins how they differ.</summary>
    private Value VisitAll(IEnumerable<IOperation> operations)
    {
        Taint taint = default;
        Facts? facts = null;
        foreach (IOperation operation in operations)
        {
            Value value = Visit(operation);
            taint = taint.Join(value.Taint);
            facts ??= value.Facts;
        }

        return facts is null ? Value.Of(taint) : new Value { Taint = taint, Facts = facts };
    }

    /// <summary>Visits what may not be run: one arm of a branch, with what is certain within it.</summary>
    private Value VisitArm(IOperation? operation, object branch, int arm, Guards guard = Guards.None)
    {
        Guards guards = _guards;
        BranchPath? path = _path;
        Enter(branch, arm, guard);
        _arms++;
        Value value = Visit(operation);
        _arms--;
        _guards = guards;
        _path = path;
        return value;
    }

    private void Enter(object branch, int arm, Guards guard)
    {
        _path = new BranchPath(branch, arm, _path);
        _guards |= guard;
    }

    private void SetVariable(ISymbol symbol, Value value)
    {
        // Within an arm the assignment may not happen, so the value before it may still be there.
        bool isCertain = !_armOf.TryGetValue(symbol, out int arm) || arm == _arms;
        _armOf[symbol] = isCertain ? _arms : arm;
        _variables[symbol] = isCertain || !_variables.TryGetValue(symbol, out Value? before) ? value : before.Join(value);
    }

    private void Add(EffectEvent happened) => _events.Add(happened);

    private void AddIncomplete(Location location, string reason) => Add(new EffectEvent
    {
        Kind = EventKind.Incomplete,
        Chain = new Chain(_method is null ? "" : NameOf(_method), location),
        Detail = reason,
    });

    /// <summary>Whether the body, or a method that it calls on an object, assigns this member somewhere: what marks the work as done. A sum that is added to marks nothing.</summary>
    private bool IsWritten(ISymbol member)
    {
        _written ??= WrittenIn(_root);
        return _written.Contains(member);
    }

    /// <summary><c>Billing.Charge</c>.</summary>
    private static string NameOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => $"new {method.ContainingType.Name}",
        MethodKind.LocalFunction => method.Name,
        MethodKind.PropertyGet or MethodKind.PropertySet => $"{method.ContainingType.Name}.{method.AssociatedSymbol!.Name}",
        _ when method.ContainingType is { } type => $"{type.Name}.{method.Name}",
        _ => method.Name,
    };
}
