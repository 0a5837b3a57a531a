using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Calls: known by the catalogue, written in this compilation, or neither.</content>
internal sealed partial class BodyWalker
{
    private Value VisitInvocation(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        Location location = invocation.Syntax.GetLocation();
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return CallLocal(invocation, method);
        }

        LookForBlocking(invocation);
        Value receiver = Visit(invocation.Instance);
        if (CanvasCalls.Builds(method))
        {
            return CallCanvas(invocation, receiver);
        }

        Value[] values = VisitArguments(invocation.Arguments, receiver, method);
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return CallDelegate(receiver, location);
        }

        Value result = IsOnce(method) ? CallOnce(invocation, values)
            : SharedState.IsChange(invocation) ? AddEffect(EffectKind.Shared, method, values, location)
            : ClientCalls.Is(method) ? Known([ClientCalls.Rule], method, values, location)
            : BulkUpdates.Is(method) ? AddEffect(BulkUpdates.KindOf(invocation), method, values, location)
            : BuiltUpdates.Is(method) ? CallUpdate(invocation, method, values, location)
            : IsNavigationAdd(invocation, receiver) ? Known([EffectRules.NavigationAdd], method, values, location)
            : CallMethod(invocation, method, values, location);
        result = Queried(invocation, values, result);
        RememberElement(invocation, receiver, values);
        SetOutArguments(invocation, values, result);
        return result;
    }

    // What only overwrites is left to the catalogue, which knows by what name.
    private Value CallUpdate(IInvocationOperation invocation, IMethodSymbol method, Value[] values, Location location)
    {
        EffectKind kind = BuiltUpdates.KindOf(invocation, _root);
        return kind == EffectKind.Write && _model.Catalogue.RulesFor(method) is { Count: > 0 } rules ? Known(rules, method, values, location) : AddEffect(kind, method, values, location);
    }

    private Value CallMethod(IInvocationOperation invocation, IMethodSymbol method, Value[] values, Location location)
    {
        if (CallValue(method, values) is { } call)
        {
            return call;
        }

        IReadOnlyList<EffectRule> rules = _model.Catalogue.RulesFor(method);
        if (rules.Count > 0)
        {
            return Known(rules, method, values, location);
        }

        bool isThis = invocation.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        return CallSource(method, invocation.Instance, invocation.IsVirtual, values, location, isThis) ?? CallHandlers(invocation, values, location) ?? Unknown(method, values, location);
    }

    /// <summary>What a mediator passes on; null where nothing in this compilation takes it.</summary>
    private Value? CallHandlers(IInvocationOperation invocation, Value[] values, Location location)
    {
        Value? result = null;
        foreach (IMethodSymbol handler in _model.Targets.HandlersOf(invocation))
        {
            if (_summaries(handler) is { } summary)
            {
                Value[] given = [.. handler.Parameters.Select(_ => Value.Stable).Prepend(Value.Stable)];
                given[1] = values[invocation.TargetMethod.IsExtensionMethod ? 2 : 1];
                result = Splice(summary, given, NameOf(handler), location, Guards.None, isThis: false);
            }
        }

        return result;
    }

    private Value[] VisitArguments(IEnumerable<IArgumentOperation> arguments, Value receiver, IMethodSymbol? method)
    {
        Value[] values = new Value[(method?.Parameters.Length ?? 0) + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value.Stable;
        }

        values[0] = receiver;
        Value outer = _lambdaInput;
        Value input = receiver;
        foreach (IArgumentOperation argument in arguments)
        {
            // What a lambda is given comes from the object and the arguments beside it: Select, ForEach, Parallel.ForEachAsync.
            _lambdaInput = input;
            Value value = Visit(argument.Value);
            input = new Value { Taint = input.Taint.Join(value.Taint), IsLoaded = input.IsLoaded || value.IsLoaded };
            if (argument.Parameter is { } parameter && parameter.Ordinal + 1 < values.Length)
            {
                values[parameter.Ordinal + 1] = value;
            }
        }

        _lambdaInput = outer;
        return values;
    }

    // Reading.TryParse(line, out Reading reading): what the method makes is known as if it were made here.
    private Facts? MadeOf(IInvocationOperation invocation, IParameterSymbol parameter, Value[] values) =>
        parameter.RefKind == RefKind.Out && invocation.TargetMethod is { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsAbstract: false, IsOverride: false } method &&
        _model.Bodies.HasBody(method, _cancellationToken) && _summaries(method) is { } summary &&
        summary.Writes.TryGetValue(parameter.Ordinal + 1, out Facts? made) && made.Type is not null
            ? made.Bound(new Binding(values))
            : null;

    private void SetOutArguments(IInvocationOperation invocation, Value[] values, Value result)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
            {
                IOperation target = argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value;
                if (target is ILocalReferenceOperation local)
                {
                    SetVariable(local.Local, new Value { Taint = result.Taint, IsLoaded = result.IsLoaded, Facts = MadeOf(invocation, argument.Parameter, values) });
                }
            }
        }
    }

    private Value CallOnce(IInvocationOperation invocation, Value[] values)
    {
        IOperation? key = invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        string text = values[1].Text is { } constant && !constant.Contains("{}") ? constant : "";
        Add(new EffectEvent
        {
            Kind = EventKind.Scope,
            Chain = new Chain("TaskContext.OnceAsync", (key ?? invocation).Syntax.GetLocation()),
            Call = CallValues.WithoutCode(invocation.TargetMethod, values),
            Path = _path,
            IsExternal = true,
            IsLoopInvariant = key is not null && LoopVariance.IsInvariant(key, _loops),
            Detail = text.Length > 0 ? $"\"{text}\"" : key?.Syntax.ToString() ?? "",
        });
        if (values[2].Code is { } code)
        {
            // A key that is new each time protects nothing; that is said of the key, not of every effect under it.
            SpliceCode(code, Guards.Once);
        }

        return Value.Stable;
    }

    private Value CallDelegate(Value receiver, Location location)
    {
        if (receiver.Code is { } code)
        {
            SpliceCode(code, Guards.None);
            return code.Returns;
        }

        if (receiver.Parameter >= 0)
        {
            Add(new EffectEvent { Kind = EventKind.Invoke, Chain = new Chain("delegate", location), Parameter = receiver.Parameter, Guards = _guards, Path = _path });
        }

        return receiver.Derived();
    }

    private Value CallLocal(IInvocationOperation invocation, IMethodSymbol function)
    {
        Value[] values = VisitArguments(invocation.Arguments, Value.Stable, function);
        if (function is { IsAsync: true, ReturnsVoid: true })
        {
            AddAsyncVoid(function.Name, invocation.Syntax.GetLocation());
        }

        IOperation? body = LocalBodyOf(function);
        if (body is null || !_inlining.Add(function.OriginalDefinition))
        {
            return VisitAll([]);
        }

        foreach (IParameterSymbol parameter in function.OriginalDefinition.Parameters)
        {
            _variables[parameter] = values[parameter.Ordinal + 1];
        }

        Value returned = Apart(body);
        _inlining.Remove(function.OriginalDefinition);
        return returned;
    }

    /// <summary>Visits a body whose returns and early ends are its own.</summary>
    private Value Apart(IOperation body)
    {
        Value? returns = _returns;
        Guards guards = _guards;
        BranchPath? path = _path;
        _returns = null;
        Visit(body);
        Value returned = _returns ?? Value.Stable;
        _returns = returns;
        _guards = guards;
        _path = path;
        return returned;
    }

    private IMethodSymbol? CallTargetOf(IMethodSymbol method, IOperation? instance, bool isVirtual) =>
        _model.Targets.Resolve(method, CallCollector.ExactType(instance), isVirtual);

    /// <summary>A method of this compilation; null where its body is not known.</summary>
    private Value? CallSource(IMethodSymbol method, IOperation? instance, bool isVirtual, Value[] values, Location location, bool isThis)
    {
        IMethodSymbol? target = CallTargetOf(method, instance, isVirtual);
        DeclaredEffect? declared = DeclaredEffect.Of(method) ?? (target is null ? null : DeclaredEffect.Of(target));
        if (declared is { Rule: { } rule })
        {
            return Known([rule], method, values, location);
        }

        if (target is null && !isThis && CallAny(method, instance, isVirtual, values, location) is { } any)
        {
            return any;
        }

        if (target is null || target.IsAbstract)
        {
            if (isThis && method.DeclaringSyntaxReferences.Length > 0)
            {
                Add(new EffectEvent { Kind = EventKind.Virtual, Chain = new Chain(NameOf(method), location), Call = CallValues.WithoutCode(method, values), Guards = _guards, Path = _path, IsExternal = Awaitables.Is(method.ReturnType) });
                return Value.External;
            }

            return null;
        }

        if (_summaries(target) is not { } summary)
        {
            return null;
        }

        if (target is { IsAsync: true, ReturnsVoid: true })
        {
            AddAsyncVoid(NameOf(target), location);
        }

        Value result = Splice(summary, values, NameOf(target), location, declared is { IsAssumed: true } ? Guards.Assumed : Guards.None, isThis);
        return result.Evidence == Evidence.None && result.Taint.IsExternal ? result with { Evidence = EvidenceOf(method) } : result;
    }

    /// <summary>One of several implementations; null where not all of them are known, and where none does anything that tells more than the interface's name.</summary>
    private Value? CallAny(IMethodSymbol method, IOperation? instance, bool isVirtual, Value[] values, Location location)
    {
        // A contract stands for its client's Remote as well: who calls it asks for a task.
        IReadOnlyList<IMethodSymbol> candidates = method.ContainingType.IsTaskContract() ? [] : _model.Targets.Candidates(method, CallCollector.ExactType(instance), isVirtual);
        (IMethodSymbol Method, Summary Summary)[] known = [.. candidates.Select(candidate => (candidate, _summaries(candidate)!)).Where(candidate => candidate.Item2 is not null)];
        if (known.Length < 2 || known.Length < candidates.Count ||
            (method.ContainingType.TypeKind == TypeKind.Interface && !known.Any(candidate => candidate.Summary.Events.Any(happened => happened.Kind is EventKind.Effect or EventKind.Commit))))
        {
            return null;
        }

        object branch = new();
        Value? result = null;
        HashSet<Evidence> told = [];
        for (int i = 0; i < known.Length; i++)
        {
            DeclaredEffect? declared = DeclaredEffect.Of(known[i].Method);
            Guards guards = _guards;
            BranchPath? path = _path;
            Enter(branch, i, declared is { IsAssumed: true } ? Guards.Assumed : Guards.None);
            _arms++;
            Value one = declared is { Rule: { } rule } ? Known([rule], method, values, location) : Splice(known[i].Summary, values, NameOf(known[i].Method), location, Guards.None, isThis: false);
            _arms--;
            _guards = guards;
            _path = path;
            result = result?.Join(one) ?? one;
            told.Add(one.Evidence);
        }

        // One that keeps in memory what the others keep in a store tells nothing itself.
        told.Remove(Evidence.None);
        return result is { Evidence: Evidence.None, Taint.IsExternal: true } ? result with { Evidence = told.Count == 1 ? told.First() : EvidenceOf(method) } : result;
    }

    /// <summary>Puts a summary in the place of a call.</summary>
    private Value Splice(Summary summary, Value[] values, string name, Location location, Guards guards, bool isThis)
    {
        Binding binding = new(values);
        bool isCut = false;
        foreach (EffectEvent happened in summary.Events)
        {
            switch (happened.Kind)
            {
                case EventKind.Invoke when happened.Parameter < values.Length && values[happened.Parameter].Code is { } code:
                    SpliceCode(code, happened.Guards | guards);
                    continue;
                case EventKind.Invoke when happened.Parameter < values.Length && values[happened.Parameter].Parameter >= 0:
                    Add(happened with { Chain = new Chain(name, location), Parameter = values[happened.Parameter].Parameter, Guards = happened.Guards | guards | _guards, Path = _path });
                    continue;
                case EventKind.Invoke:
                case EventKind.Virtual or EventKind.Swallowed when !isThis:
                    continue;
            }

            if (happened.Chain.Length >= Summary.MostHops)
            {
                isCut = true;
                continue;
            }

            Add(happened with
            {
                Chain = new Chain(name, location, happened.Chain),
                Call = happened.Call.Bound(binding),
                Guards = happened.Guards | guards | _guards,
                Path = _path,
            });
        }

        if (isCut)
        {
            AddIncomplete(location, $"the calls below '{name}' are nested too deeply");
        }

        foreach (KeyValuePair<int, Facts> written in summary.Writes)
        {
            if (written.Key < values.Length)
            {
                values[written.Key].Facts?.Add(written.Value.Bound(binding));
            }
        }

        return binding.Bind(summary.Returns);
    }

    private void SpliceCode(DelegateCode code, Guards guards)
    {
        foreach (EffectEvent happened in code.Events)
        {
            Add(happened with { Guards = happened.Guards | guards | _guards });
        }
    }

    private void AddAsyncVoid(string name, Location location) =>
        Add(new EffectEvent { Kind = EventKind.AsyncVoid, Chain = new Chain(name, location), Path = _path });

    private static bool IsOnce(IMethodSymbol method)
    {
        if (method.Name != "OnceAsync" || method.Parameters.Length != 2)
        {
            return false;
        }

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.Name == "TaskContext" && type.ContainingNamespace?.Name == "TypedTasks")
            {
                return true;
            }
        }

        return false;
    }

    // order.Lines.Add(line) on a loaded order, _lines.Add(line) in a method of the order, or lines.Add(line) in a helper that is given its lines, adds a row at the next commit.
    private static bool IsNavigationAdd(IInvocationOperation invocation, Value receiver) =>
        ((receiver.IsLoaded && receiver.Member is not null) || receiver.LoadedWith != 0) &&
        invocation is { TargetMethod: { Name: "Add", Parameters.Length: 1 }, Instance: IPropertyReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation } &&
        invocation.TargetMethod.ContainingType.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";
}
