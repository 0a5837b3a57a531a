using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Expressions: where values come from.</content>
internal sealed partial class BodyWalker
{
    private Value VisitExpression(IOperation operation)
    {
        if (operation.ConstantValue.HasValue && operation is not IFieldReferenceOperation)
        {
            return new Value { Text = TextOf(operation.ConstantValue.Value), IsNull = operation.ConstantValue.Value is null };
        }

        // What only holds others together is none of the cases below.
        if (operation.Kind is OperationKind.MethodBody or OperationKind.ConstructorBody or OperationKind.VariableDeclarationGroup or OperationKind.VariableDeclaration or OperationKind.VariableInitializer or OperationKind.Argument)
        {
            return VisitAll(operation.ChildOperations);
        }

        switch (operation)
        {
            case IInvocationOperation invocation:
                return VisitInvocation(invocation);
            case ILocalReferenceOperation local:
                _unwatched.Remove(local.Local);
                return _variables.TryGetValue(local.Local, out Value? value) ? value : Value.Stable;
            case IParameterReferenceOperation parameter:
                return ParameterOf(parameter.Parameter);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } when _implicit.Count > 0:
                return _implicit.Peek();
            case IInstanceReferenceOperation:
                return _this;
            case IFieldReferenceOperation field:
                return VisitField(field);
            case IPropertyReferenceOperation property:
                return VisitProperty(property);
            case IObjectCreationOperation creation:
                return VisitCreation(creation);
            case IAnonymousObjectCreationOperation creation:
                return VisitMembers(new Value { Facts = new Facts { Type = creation.Type } }, creation.Initializers);
            case IWithOperation with:
                return VisitWith(with);
            case ICollectionExpressionOperation collection:
                return VisitCollection(collection);
            case IVariableDeclaratorOperation declarator:
                VisitDeclarator(declarator);
                return Value.Stable;
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return VisitCompound(compound, compound.Target, compound.Value, compound.OperatorKind);
            case IIncrementOrDecrementOperation increment:
                return VisitCompound(increment, increment.Target, null, BinaryOperatorKind.Add);
            case ICoalesceAssignmentOperation coalesce:
                return Assign(coalesce.Target, Visit(coalesce.Target).Join(Visit(coalesce.Value)));
            case IDeconstructionAssignmentOperation deconstruction:
                return VisitDeconstruction(deconstruction);
            case IConversionOperation conversion:
                return Visit(conversion.Operand);
            case IAwaitOperation await:
                return Visit(await.Operation);
            case IParenthesizedOperation parenthesized:
                return Visit(parenthesized.Operand);
            case IInterpolatedStringOperation interpolated:
                return VisitInterpolated(interpolated);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } addition:
                return VisitConcatenation(addition);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logic:
                return VisitLogic(logic);
            case IBinaryOperation { OperatorMethod: { } method } binary when _model.Targets.Resolve(method, null, false) is not null:
                return CallSource(method, null, false, [Value.Stable, Visit(binary.LeftOperand), Visit(binary.RightOperand)], operation.Syntax.GetLocation(), isThis: false) ?? Value.Stable;
            case IBinaryOperation or IUnaryOperation or IIsPatternOperation or IIsTypeOperation:
                return VisitTest(operation);
            case ICoalesceOperation coalesce:
                return Either(coalesce.WhenNull, Visit(coalesce.Value), VisitArm(coalesce.WhenNull, coalesce, 0));
            case IConditionalAccessOperation access:
                return VisitConditionalAccess(access);
            case IConditionalAccessInstanceOperation when _conditional.Count > 0:
                return _conditional.Peek();
            case ISwitchExpressionOperation choice:
                return VisitSwitchExpression(choice);
            case IDelegateCreationOperation creation:
                return VisitDelegate(creation);
            case IAnonymousFunctionOperation function:
                return VisitFunction(function);
            case IMethodReferenceOperation reference:
                return VisitMethodReference(reference);
            case IEventAssignmentOperation:
                // What an event brings comes after the task, or beside it.
                return Value.Stable;
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or IDefaultValueOperation:
                return Value.Stable;
            default:
                return VisitAll(operation.ChildOperations);
        }
    }

    // The one or the other, unless the other is thrown: customer ?? throw new …
    private static Value Either(IOperation other, Value one, Value value) => other.Unconverted() is IThrowOperation ? one : one.Join(value);

    private static string? TextOf(object? constant) => constant switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(constant, CultureInfo.InvariantCulture),
    };

    private Value VisitField(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        _takesConflict |= Catches.IsConflict(reference);
        if (field.HasConstantValue)
        {
            // An enum's member is known by its name, a constant by its value.
            return new Value { Text = field.ContainingType.TypeKind == TypeKind.Enum ? field.Name : TextOf(field.ConstantValue) };
        }

        Value instance = reference.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } ? Value.Stable : Visit(reference.Instance);
        if (reference.Instance is not (null or IInstanceReferenceOperation))
        {
            return MemberOf(instance, field, field.Type);
        }

        if (_variables.TryGetValue(field, out Value? known))
        {
            return known;
        }

        bool isOwn = !field.IsStatic && reference.Instance is IInstanceReferenceOperation;

        // What is set once, at construction, is the same throughout; what it is injected with is a service.
        Value value = field.IsReadOnly || field.DeclaringSyntaxReferences.IsEmpty
            ? IsStored(field, field.Type) ? Value.External : _model.InitializerOf(field, _cancellationToken)
            : Value.External;
        Facts facts = new() { Type = value.Facts?.Type };
        if (value.Facts is { } initial)
        {
            facts.Add(initial);
        }

        return _variables[field] = value with { Facts = facts, Member = isOwn ? field : value.Member, LoadedWith = isOwn && IsObject(field.Type) ? _this.LoadedWith : 0, Taint = Temporary(field, value.Taint) };
    }

    private Value VisitProperty(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        bool isOwn = reference.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        LookForBlocking(reference);
        Value instance = Visit(reference.Instance);
        Value arguments = VisitAll(reference.Arguments.Select(argument => argument.Value));
        IReadOnlyList<EffectRule> rules = _model.Catalogue.RulesFor(property);
        if (rules.Count > 0)
        {
            return ResultOf(rules[0], $"{property.ContainingType.Name}.{property.Name}", instance);
        }

        if (property is { IsStatic: true, ContainingType.Name: "HttpMethod" })
        {
            return new Value { Text = property.Name.ToUpperInvariant() };
        }

        if (property.IsIndexer)
        {
            Taint taint = instance.Taint.Join(arguments.Taint);
            return new Value { Taint = taint, Facts = instance.Facts, IsLoaded = instance.IsLoaded };
        }

        if (isOwn && _variables.TryGetValue(property, out Value? assigned))
        {
            return assigned;
        }

        if (property.GetMethod is { } getter && CallTargetOf(getter, reference.Instance, isVirtual: true) is { } target && _summaries(target) is { } summary && _model.Bodies.HasBody(target, _cancellationToken))
        {
            Value result = Splice(summary, [instance], NameOf(target), reference.Syntax.GetLocation(), Guards.None, isThis: isOwn);
            return result.Taint == default && instance.Taint.IsExternal ? MemberOf(instance, property, property.Type) : result;
        }

        if (Modifications.IsMoment(property.Type) && property is { Name: "Now" or "UtcNow", ContainingType.TypeKind: TypeKind.Interface })
        {
            // A clock of one's own, whose hands are elsewhere.
            return Value.Of(Taint.Volatile($"{property.ContainingType.Name}.{property.Name}"));
        }

        if (property.IsStatic || isOwn)
        {
            bool isInstance = isOwn && !property.IsStatic;
            Value value = (property.DeclaringSyntaxReferences.IsEmpty || property.SetMethod is null) && !IsStored(property, property.Type)
                ? _model.InitializerOf(property, _cancellationToken)
                : Value.External;
            return value with { Member = isInstance ? property : value.Member, LoadedWith = isInstance && IsObject(property.Type) ? _this.LoadedWith : 0, Taint = Temporary(property, value.Taint) };
        }

        return MemberOf(instance, property, property.Type);
    }

    // What an entity holds together comes from the store with it, though nothing assigns the list: public List<Line> Lines { get; } = [].
    private static bool IsStored(ISymbol member, ITypeSymbol type) => !member.IsStatic && type is INamedTypeSymbol { IsGenericType: true } collection &&
        collection.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable) && EntityKeys.KeyOf(member.ContainingType) is not null;

    private static bool IsObject(ITypeSymbol type) => type.IsReferenceType && type.SpecialType != SpecialType.System_String;

    private static Taint Temporary(ISymbol member, Taint taint) => Vocabulary.IsTemporary(member.Name) ? taint.Join(Taint.Scratch) : taint;

    /// <summary>A member as read from an object: what was written into it, or something of the same provenance.</summary>
    private Value MemberOf(Value instance, ISymbol member, ITypeSymbol type)
    {
        if (instance.Facts?.Get(member.Name) is { } written)
        {
            return written;
        }

        // Made here, and not given the member: that is what the class gives it.
        if (instance is { Facts.Type: not null, Taint.IsExternal: false } && !member.DeclaringSyntaxReferences.IsEmpty && _model.InitializerOf(member, _cancellationToken) is { Taint.IsVolatile: true } own)
        {
            return own;
        }

        // Known by the object it belongs to: request.Headers.Add writes of the request.
        bool isObject = IsObject(type);
        bool isTransparent = member.Name is "Result" or "Value";
        return new Value
        {
            Taint = Temporary(member, instance.Taint),
            Facts = isObject || isTransparent ? instance.Facts : null,
            IsLoaded = instance.IsLoaded && (isObject || isTransparent),
            LoadedWith = isObject || isTransparent ? instance.LoadedWith : 0,
            Member = isTransparent ? instance.Member : instance.Taint.IsExternal ? member : null,
            ReadBy = instance.ReadBy,
            Evidence = isTransparent ? instance.Evidence : member.Name is "Count" or "Length" && instance.Taint.IsExternal ? Evidence.Count : Evidence.None,
        };
    }

    private Value VisitInterpolated(IInterpolatedStringOperation interpolated)
    {
        StringBuilder text = new();
        Taint taint = default;
        Facts? facts = null;
        Value? computed = null;
        foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
        {
            Value value = part switch
            {
                IInterpolatedStringTextOperation literal => Visit(literal.Text),
                IInterpolationOperation hole => Visit(hole.Expression),
                _ => VisitAll(part.ChildOperations),
            };
            text.Append(value.Text ?? "{}");
            taint = taint.Join(value.Taint);
            facts ??= value.Facts;
            computed = value.IsComputed ? value : computed;
        }

        string whole = text.ToString();
        return new Value { Text = whole, Taint = Temporary(whole, taint), Facts = facts, ReadBy = computed?.ReadBy, IsComputed = computed is not null };
    }

    private Value VisitConcatenation(IBinaryOperation addition)
    {
        // The operands from left to right, without going down the tree that a long chain is.
        Stack<IOperation> operands = new();
        IOperation current = addition;
        while (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } chain)
        {
            operands.Push(chain.RightOperand);
            current = chain.LeftOperand;
        }

        operands.Push(current);
        StringBuilder text = new();
        Taint taint = default;
        foreach (IOperation operand in operands)
        {
            Value value = Visit(operand);
            text.Append(value.Text ?? "{}");
            taint = taint.Join(value.Taint);
        }

        string whole = text.ToString();
        return new Value { Text = whole, Taint = Temporary(whole, taint) };
    }

    // A name by which nobody looks for the thing after the attempt.
    private static Taint Temporary(string name, Taint taint) => Vocabulary.IsTemporaryName(name) ? taint.Join(Taint.Scratch) : taint;

    private Value VisitLogic(IBinaryOperation logic)
    {
        // The right side may not be reached.
        Condition left = VisitCondition(logic.LeftOperand);
        bool isAnd = logic.OperatorKind == BinaryOperatorKind.ConditionalAnd;
        Value right = VisitArm(logic.RightOperand, logic, 0, isAnd ? left.GuardWhenTrue : left.GuardWhenFalse);
        return right.Derived();
    }

    /// <summary>A test that is a value: what it would tell as a condition, it tells as evidence.</summary>
    private Value VisitTest(IOperation operation)
    {
        if (operation is IBinaryOperation binary && Modifications.IsArithmetic(binary.OperatorKind))
        {
            return Computed(Visit(binary.LeftOperand), Visit(binary.RightOperand));
        }

        if (operation.Type?.SpecialType != SpecialType.System_Boolean)
        {
            return VisitAll(operation.ChildOperations).Derived();
        }

        Condition condition = VisitCondition(operation);
        return condition switch
        {
            { IsNewWhenTrue: true, IsNewWhenFalse: true } => new Value { Taint = Taint.External, Evidence = Evidence.Outcome },
            { IsNewWhenTrue: true } => new Value { Taint = Taint.External, Evidence = Evidence.Fresh },
            { IsNewWhenFalse: true } => new Value { Taint = Taint.External, Evidence = Evidence.Seen },
            _ => Value.Stable,
        };
    }

    private Value VisitConditionalAccess(IConditionalAccessOperation access)
    {
        Value instance = Visit(access.Operation);
        _conditional.Push(instance);
        Value value = VisitArm(access.WhenNotNull, access, 0);
        _conditional.Pop();
        return value;
    }

    private Value VisitSwitchExpression(ISwitchExpressionOperation choice)
    {
        Value subject = Visit(choice.Value);
        bool isState = IsState(subject);
        Value? result = null;
        Guards passed = Guards.None;
        for (int i = 0; i < choice.Arms.Length; i++)
        {
            ISwitchExpressionArmOperation arm = choice.Arms[i];
            foreach (ILocalSymbol local in arm.Locals)
            {
                SetVariable(local, subject);
            }

            Condition taken = OfPattern(subject, arm.Pattern);
            taken = arm.Guard is { } guard ? And(taken, VisitCondition(guard)) : taken;
            Value value = VisitArm(arm.Value, choice, i, (isState ? Guards.Check : Guards.None) | taken.GuardWhenTrue | passed);
            passed |= taken.GuardWhenFalse;
            result = result is null ? arm.Value.Unconverted() is IThrowOperation ? null : value : Either(arm.Value, result, value);
        }

        return result ?? Value.Stable;
    }
}
