using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Values made of the values that were there.</summary>
internal static class Modifications
{
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
                case IBinaryOperation binary when IsArithmetic(binary.OperatorKind):
                    return binary.DescendantsAndSelf().Any(part => IsSame(part, target));
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    return IsSame(not.Operand, target);
                case IInterpolatedStringOperation { Parts.Length: > 1 } text:
                    return text.Parts.OfType<IInterpolationOperation>().Any(hole => IsSame(hole.Expression, target));
                case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Instance: { } instance } when IsMoment(type) && name.StartsWith("Add", StringComparison.Ordinal):
                    return IsSame(instance, target);
                default:
                    return false;
            }
        }

        return false;
    }

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
        target.Type?.WithoutNullable() is { } type && (SharedState.IsNumber(type) || type.SpecialType is SpecialType.System_String or SpecialType.System_Boolean || IsMoment(type)) &&
        !Vocabulary.IsAttemptCounter(target.Member.Name) &&
        !target.Member.ContainingType.GetMembers().Any(member =>
            member.Name is "RowVersion" or "ConcurrencyStamp" or "ETag" || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "TimestampAttribute" or "ConcurrencyCheckAttribute"));
}
