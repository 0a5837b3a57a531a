using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers;

/// <summary>What is asked of operations in several rooms.</summary>
internal static class Operations
{
    /// <summary>The lambda or local function that an operation stands in; null where it stands in the body itself.</summary>
    public static IOperation? Function(this IOperation operation)
    {
        IOperation? current = operation.Parent;
        while (current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            current = current.Parent;
        }

        return current;
    }

    /// <summary>What all of it stands in: the whole body, or the initializer.</summary>
    public static IOperation Root(this IOperation operation)
    {
        IOperation root = operation;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root;
    }

    /// <summary>A value without the conversions around it.</summary>
    public static IOperation Unconverted(this IOperation operation) => operation is IConversionOperation conversion ? conversion.Operand.Unconverted() : operation;
}
