using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Values made of the values that were there.</summary>
internal static class Modifications
{
    public static bool IsArithmetic(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide;

    /// <summary>Whether the assigned value is arithmetic over the same member: <c>a.Balance = a.Balance + amount</c>.</summary>
    public static bool IsOfItself(ISimpleAssignmentOperation assignment, ISymbol member)
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
                    return binary.DescendantsAndSelf().Any(part => part is IMemberReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Member, member));
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether a second change of the member would be noticed: numbers and text, not counters of attempts, not rows that refuse a stale write.</summary>
    public static bool Counts(IMemberReferenceOperation target) =>
        (SharedState.IsNumber(target.Type) || target.Type?.SpecialType is SpecialType.System_String) &&
        !Vocabulary.IsAttemptCounter(target.Member.Name) &&
        !target.Member.ContainingType.GetMembers().Any(member =>
            member.Name is "RowVersion" or "ConcurrencyStamp" or "ETag" || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "TimestampAttribute" or "ConcurrencyCheckAttribute"));
}
