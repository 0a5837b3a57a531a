using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Entity Framework's <c>ExecuteUpdate</c>: whether it sets, adds, or adds under a condition.</summary>
internal static class BulkUpdates
{
    public static bool Is(IMethodSymbol method) =>
        method.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" && method.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true;

    public static EffectKind KindOf(IInvocationOperation update)
    {
        bool adds = update.Arguments.Skip(1).Any(argument => argument.Value.DescendantsAndSelf().Any(part =>
            part is IBinaryOperation { OperatorKind: var kind } binary && Modifications.IsArithmetic(kind) &&
            binary.Descendants().Any(operand => operand is IPropertyReferenceOperation { Instance: IParameterReferenceOperation })));
        bool isConditional = update.Arguments.Take(1).Any(source => source.Value.DescendantsAndSelf().Any(IsCondition));
        return adds && !isConditional ? EffectKind.Modify : EffectKind.Write;
    }

    // "Not yet", "not this one", "still in this state": after the update no row is left that meets it. What only finds the row is no condition.
    private static bool IsCondition(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsFixed(equals.LeftOperand) || IsFixed(equals.RightOperand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } => true,
        _ => false,
    };

    private static bool IsFixed(IOperation operand) => operand switch
    {
        IConversionOperation conversion => conversion.ConstantValue.HasValue || IsFixed(conversion.Operand),
        _ => operand.ConstantValue.HasValue,
    };
}
