using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Conditions: which way out of a branch means that the work was not done before.</content>
internal sealed partial class BodyWalker
{
    /// <summary>What a condition tells, and whether it is a claim, which no other attempt can have as well.</summary>
    private readonly record struct Condition(bool IsNewWhenTrue, bool IsNewWhenFalse, bool IsClaim = false)
    {
        public Guards GuardWhenTrue => GuardIf(IsNewWhenTrue);

        public Guards GuardWhenFalse => GuardIf(IsNewWhenFalse);

        public Condition Not() => new(IsNewWhenFalse, IsNewWhenTrue, IsClaim);

        private Guards GuardIf(bool isNew) => !isNew ? Guards.None : IsClaim ? Guards.Check | Guards.Claim : Guards.Check;
    }

    private Condition VisitCondition(IOperation operation)
    {
        switch (operation)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return VisitCondition(not.Operand).Not();
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return And(VisitCondition(and.LeftOperand), VisitCondition(and.RightOperand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or:
                return Or(VisitCondition(or.LeftOperand), VisitCondition(or.RightOperand));
            case IBinaryOperation comparison when IsComparison(comparison.OperatorKind):
                return VisitComparison(comparison);
            case IIsPatternOperation match:
                return OfPattern(Visit(match.Value), match.Pattern);
            case IConversionOperation conversion:
                return VisitCondition(conversion.Operand);
            case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable }:
                return OfPresence(Visit(nullable));
            case IPropertyReferenceOperation { Property.Name: "IsNull" or "IsNullOrEmpty", Instance: { } absent }:
                return OfPresence(Visit(absent)).Not();
            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ Value: { } text }] }:
                return OfPresence(Visit(text)).Not();
            case IConditionalAccessOperation or ICoalesceOperation:
                return OfTruth(Visit(operation));
            default:
                return OfTruth(Visit(operation)) is var told && told != default ? told : OfHelper(operation);
        }
    }

    private static Condition And(Condition left, Condition right) =>
        new(left.IsNewWhenTrue || right.IsNewWhenTrue, left.IsNewWhenFalse && right.IsNewWhenFalse, left.IsClaim || right.IsClaim);

    private static Condition Or(Condition left, Condition right) =>
        new(left.IsNewWhenTrue && right.IsNewWhenTrue, left.IsNewWhenFalse || right.IsNewWhenFalse, left.IsClaim || right.IsClaim);

    private Condition VisitComparison(IBinaryOperation comparison)
    {
        Value left = Visit(comparison.LeftOperand);
        Value right = Visit(comparison.RightOperand);
        if (IsNull(comparison.LeftOperand) || IsNull(comparison.RightOperand))
        {
            Condition presence = OfPresence(IsNull(comparison.LeftOperand) ? right : left);
            return comparison.OperatorKind == BinaryOperatorKind.Equals ? presence.Not() : presence;
        }

        (Value subject, Value other) = left.Taint.IsExternal || left.Evidence != Evidence.None ? (left, right) : (right, left);
        bool isConstant = (ReferenceEquals(subject, left) ? comparison.RightOperand : comparison.LeftOperand).ConstantValue.HasValue;
        if (subject.Evidence == Evidence.Outcome)
        {
            return new(true, true, IsClaim: true);
        }

        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            // "Is it newer than what was written last?", where it is then written down as the last.
            if (subject is { Taint.IsExternal: true, Member: { } last } && IsWrittenDown(last, ReferenceEquals(subject, left) ? comparison.RightOperand : comparison.LeftOperand))
            {
                return new(true, true);
            }

            // How many there are: none, or some.
            return subject.Evidence == Evidence.Count && comparison.OperatorKind == BinaryOperatorKind.GreaterThan ? new(false, true) : default;
        }

        Condition equal = OfEquality(subject, other, isConstant);
        return comparison.OperatorKind == BinaryOperatorKind.Equals ? equal : equal.Not();
    }

    private bool IsWrittenDown(ISymbol member, IOperation compared)
    {
        string text = compared.Unconverted().Syntax.ToString();
        return _root is not null && _root.DescendantsAndSelf().Any(operation => operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment &&
            SymbolEqualityComparer.Default.Equals(target.Member, member) && assignment.Value.Unconverted().Syntax.ToString() == text);
    }

    /// <summary>A value from outside compared with one of the task's, or with a constant.</summary>
    private Condition OfEquality(Value subject, Value other, bool isConstant)
    {
        if (other.Text is "true" or "false" && (subject.Evidence is Evidence.Seen or Evidence.Fresh || OfTruth(subject) != default))
        {
            Condition truth = OfTruth(subject);
            return other.Text == "true" ? truth : truth.Not();
        }

        if (subject.Evidence == Evidence.Count)
        {
            return other.Text == "0" ? new(true, false) : default;
        }

        if (!subject.Taint.IsExternal || subject.Member is null)
        {
            return default;
        }

        if (IsWritten(subject.Member))
        {
            return new(true, true);
        }

        if (IsState(subject))
        {
            // "Is it cancelled?" does not ask whether the work was done; "is it still pending?" does.
            return Vocabulary.IsExclusion(other.Text ?? "") ? default : new(true, true);
        }

        return isConstant ? default : new(false, true);
    }

    /// <summary>Whether there is something.</summary>
    private Condition OfPresence(Value value)
    {
        if (value.Evidence == Evidence.Fresh)
        {
            return new(true, true, IsClaim: true);
        }

        if (!value.Taint.IsExternal || (value.Member is { } member && !IsWritten(member) && (Vocabulary.IsExclusion(member.Name) || !IsTrace(member))))
        {
            return default;
        }

        // Found by what the work changes: what is there is still to be done, and what is not was done.
        return value.Chosen?.Any(IsWritten) == true ? new(true, true) : new(false, true);
    }

    // A text or a number that is missing may be missing for its own reasons; an object that the work makes is not.
    private static bool IsTrace(ISymbol member) => Vocabulary.IsTrace(member.Name) || (TypeOf(member) is { IsReferenceType: true, SpecialType: not SpecialType.System_String });

    private Condition OfTruth(Value value)
    {
        switch (value.Evidence)
        {
            case Evidence.Seen:
                return new(false, true);
            case Evidence.Fresh:
                return new(true, false, IsClaim: true);
            case Evidence.Outcome:
                return new(true, true, IsClaim: true);
        }

        if (value.Member is not { } member || !value.Taint.IsExternal)
        {
            return default;
        }

        if (IsWritten(member))
        {
            return new(true, true);
        }

        return Vocabulary.IsDone(member.Name) ? new(false, true) : default;
    }

    private Condition OfPattern(Value value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case INegatedPatternOperation not:
                return OfPattern(value, not.Pattern).Not();
            case IConstantPatternOperation constant:
                return OfConstant(value, constant.Value);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or:
                {
                    Condition left = OfPattern(value, or.LeftPattern);
                    Condition right = OfPattern(value, or.RightPattern);
                    return new(left.IsNewWhenTrue || right.IsNewWhenTrue, left.IsNewWhenFalse || right.IsNewWhenFalse);
                }

            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and:
                return And(OfPattern(value, and.LeftPattern), OfPattern(value, and.RightPattern));

            case IRecursivePatternOperation recursive:
                Declare(recursive.DeclaredSymbol, value);
                if (recursive.PropertySubpatterns.IsEmpty)
                {
                    return OfPresence(value);
                }

                Condition all = default;
                foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
                {
                    Value member = property.Member is IMemberReferenceOperation reference
                        ? new Value { Taint = value.Taint, Member = value.Taint.IsExternal ? reference.Member : null }
                        : value;
                    Condition one = OfPattern(member, property.Pattern);
                    all = new(all.IsNewWhenTrue || one.IsNewWhenTrue, all.IsNewWhenFalse || one.IsNewWhenFalse);
                }

                return all;
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, value);
                return OfPresence(value);
            default:
                return default;
        }
    }

    private Condition OfConstant(Value value, IOperation constant) => IsNull(constant) ? OfPresence(value).Not() : OfEquality(value, Visit(constant), isConstant: true);

    private void Declare(ISymbol? symbol, Value value)
    {
        if (symbol is not null)
        {
            SetVariable(symbol, value);
        }
    }

    private static bool IsState(Value value) => value.Taint.IsExternal && value.Member is { } member &&
        (TypeOf(member) is { TypeKind: TypeKind.Enum } || (TypeOf(member) is { SpecialType: SpecialType.System_String } && Vocabulary.IsStateName(member.Name)));

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type.WithoutNullable(),
        IFieldSymbol field => field.Type.WithoutNullable(),
        _ => null,
    };

    private static bool IsNull(IOperation operation) => operation switch
    {
        IConversionOperation conversion => IsNull(conversion.Operand),
        _ => operation.ConstantValue is { HasValue: true, Value: null } || operation is IDefaultValueOperation { Type.IsReferenceType: true },
    };

    private static bool IsComparison(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
}
