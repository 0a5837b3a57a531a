using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Values made of the values that were there.</summary>
internal static class Modifications
{
    private static readonly string[] Steps = ["Next", "Plus", "Minus", "Add", "Subtract", "Increase", "Decrease", "Advance", "Extend"];

    public static bool IsArithmetic(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide;

    /// <summary>
    /// Whether the assigned value is made of the same member: <c>a.Balance = a.Balance + amount</c>, <c>a.Renews = a.Renews.AddMonths(1)</c>,
    /// <c>a.IsOpen = !a.IsOpen</c>, <c>a.Notes = $"{a.Notes}\n{text}"</c>.
    /// </summary>
    public static bool IsOfItself(ISimpleAssignmentOperation assignment, IMemberReferenceOperation target)
    {
        for (IOperation? value = assignment.Value; value is not null;)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    continue;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    continue;
                case ILocalReferenceOperation { Local: { } local } reference when DeclaredAs(reference, local) is { } declared && !ReferenceEquals(declared, value):
                    value = declared;
                    continue;
                case ISwitchExpressionOperation choice:
                    return IsEachOfItself(choice, target);
                case IBinaryOperation binary when IsArithmetic(binary.OperatorKind):
                    return binary.DescendantsAndSelf().Any(part => IsSame(part, target));
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    return IsSame(not.Operand, target);
                case IInterpolatedStringOperation { Parts.Length: > 1 } text:
                    return text.Parts.OfType<IInterpolationOperation>().Any(hole => IsSame(hole.Expression, target));
                case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Instance: { } instance } when IsMoment(type) && name.StartsWith("Add", StringComparison.Ordinal):
                    return IsSame(instance, target);
                case IInvocationOperation { TargetMethod.Name: var name, Instance: { } instance } when Steps.Any(step => name.StartsWith(step, StringComparison.Ordinal)) && IsOwnValue(target.Type):
                    return IsSame(instance, target);
                default:
                    return false;
            }
        }

        return false;
    }

    // decimal next = account.Balance - amount; account.Balance = next; where nothing else is ever put into the variable.
    private static IOperation? DeclaredAs(IOperation reference, ILocalSymbol local)
    {
        IOperation? declared = null;
        foreach (IOperation part in reference.Root().Descendants())
        {
            switch (part)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    declared = declarator.GetVariableInitializer()?.Value;
                    break;
                case ILocalReferenceOperation other when SymbolEqualityComparer.Default.Equals(other.Local, local) &&
                    (other.Parent is IIncrementOrDecrementOperation or ITupleOperation or IArgumentOperation { Parameter.RefKind: not RefKind.None } || (other.Parent is IAssignmentOperation written && written.Target == other)):
                    return null;
            }
        }

        return declared;
    }

    // Whichever arm is taken, it adds or subtracts; an arm that keeps what is there asks whether it was done.
    private static bool IsEachOfItself(ISwitchExpressionOperation choice, IMemberReferenceOperation target)
    {
        IBinaryOperation?[] arms = [.. choice.Arms.Select(arm => arm.Value.Unconverted()).Where(value => value is not IThrowOperation).Select(value => value as IBinaryOperation)];
        return arms.Length > 0 && Array.TrueForAll(arms, arm => arm is not null && IsArithmetic(arm.OperatorKind)) && Array.Exists(arms, arm => arm!.Descendants().Any(part => IsSame(part, target)));
    }

    // A value of one's own that comes after the one that was there: a period, an amount.
    private static bool IsOwnValue(ITypeSymbol? type) => type?.WithoutNullable() is INamedTypeSymbol { TypeKind: TypeKind.Struct or TypeKind.Class, SpecialType: SpecialType.None } named &&
        (named.IsValueType || named.IsRecord) && !named.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>Whether a copy of an object gets a value that is made of the same member of the original.</summary>
    public static bool IsCopyOfItself(ISimpleAssignmentOperation assignment, IMemberReferenceOperation target, IOperation original) =>
        IsComputedOf(assignment.Value, part => SymbolEqualityComparer.Default.Equals(part.Member, target.Member) && part.Instance?.Syntax.ToString() == original.Syntax.ToString());

    /// <summary>Whether a value is computed of a member that is meant.</summary>
    public static bool IsComputedOf(IOperation value, Func<IMemberReferenceOperation, bool> isMeant) =>
        value.Unconverted() is IBinaryOperation binary && IsArithmetic(binary.OperatorKind) && binary.Descendants().OfType<IMemberReferenceOperation>().Any(isMeant);

    // The same member of the same object, as it is written.
    private static bool IsSame(IOperation part, IMemberReferenceOperation target) => part switch
    {
        IPropertyReferenceOperation { Property.Name: "Value", Instance: { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable } => IsSame(nullable, target),
        IMemberReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Member, target.Member) && reference.Instance?.Syntax.ToString() == target.Instance?.Syntax.ToString(),
        _ => false,
    };

    /// <summary>A date, a time, or the time between two.</summary>
    public static bool IsMoment(ITypeSymbol type) => type is { Name: "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan", ContainingNamespace.Name: "System" };

    /// <summary>Whether a second change of the member would be noticed: numbers, text, dates and flags, not counters of attempts, not rows that refuse a stale write.</summary>
    public static bool Counts(IMemberReferenceOperation target) =>
        target.Type?.WithoutNullable() is { } type && (SharedState.IsNumber(type) || type.SpecialType is SpecialType.System_String or SpecialType.System_Boolean || IsMoment(type) || IsOwnValue(type)) &&
        !Vocabulary.IsAttemptCounter(target.Member.Name) &&
        !target.Member.ContainingType.GetMembers().Any(member =>
            member.Name is "RowVersion" or "ConcurrencyStamp" or "ETag" || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "TimestampAttribute" or "ConcurrencyCheckAttribute"));
}
