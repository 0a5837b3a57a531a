using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Lambdas and method groups: code that runs where somebody calls it; and code that holds its thread.</content>
internal sealed partial class BodyWalker
{
    private Value VisitDelegate(IDelegateCreationOperation creation)
    {
        if (creation.Target is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } })
        {
            AddAsyncVoid("async lambda", creation.Syntax.GetLocation());
        }

        return Visit(creation.Target);
    }

    private Value VisitFunction(IAnonymousFunctionOperation function)
    {
        List<EffectEvent> events = _events;
        _events = [];
        Value given = _lambdaInput;
        Facts written = new();
        foreach (IParameterSymbol parameter in function.Symbol.Parameters)
        {
            _variables[parameter] = new Value { Taint = given.Taint, IsLoaded = given.IsLoaded, Facts = written };
        }

        _arms++;
        Value returned = Apart(function.Body);
        _arms--;
        List<EffectEvent> own = _events;
        _events = events;

        // An expression tree is read, not run: a query's predicate does nothing by itself.
        if (function.Parent is IConversionOperation { Type.Name: "Expression" })
        {
            return Value.Of(returned.Taint.IsVolatile ? returned.Taint : default);
        }

        return new Value { Code = new DelegateCode(own, returned, written.IsEmpty ? null : written), Taint = returned.Taint };
    }

    private Value VisitMethodReference(IMethodReferenceOperation reference)
    {
        List<EffectEvent> events = _events;
        _events = [];
        IMethodSymbol method = reference.Method;
        Value[] values = new Value[method.Parameters.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i == 0 ? Visit(reference.Instance) : _lambdaInput.Derived();
        }

        Location location = reference.Syntax.GetLocation();
        IReadOnlyList<EffectRule> rules = _model.Catalogue.RulesFor(method);
        bool isThis = reference.Instance is IInstanceReferenceOperation;
        Value returned = method.MethodKind == MethodKind.LocalFunction ? RunLocal(method)
            : rules.Count > 0 ? Known(rules, method, values, location)
            : CallSource(method, reference.Instance, reference.IsVirtual, values, location, isThis) ?? Unknown(method, values, location);
        List<EffectEvent> own = _events;
        _events = events;
        return new Value { Code = new DelegateCode(own, returned, null), Taint = returned.Taint };
    }

    private void LookForBlocking(IOperation operation)
    {
        if (_root is not null && Reliability.Blocking.HowOf(operation, _root.DescendantsAndSelf()) is { } how)
        {
            Add(new EffectEvent { Kind = EventKind.Blocked, Chain = new Chain(_method is null ? "" : NameOf(_method), operation.Syntax.GetLocation()), Path = _path, Detail = how });
        }
    }

    private Value RunLocal(IMethodSymbol function)
    {
        IOperation? body = LocalBodyOf(function);
        if (body is null || !_inlining.Add(function.OriginalDefinition))
        {
            return Value.Stable;
        }

        Value returned = Apart(body);
        _inlining.Remove(function.OriginalDefinition);
        return returned;
    }

    private IOperation? LocalBodyOf(IMethodSymbol function) => _root?.DescendantsAndSelf().OfType<ILocalFunctionOperation>()
        .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.Symbol, function.OriginalDefinition))?.Body;
}
