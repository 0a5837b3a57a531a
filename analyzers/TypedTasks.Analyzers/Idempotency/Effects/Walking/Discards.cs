using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Tasks that are started and left alone.</summary>
internal static class Discards
{
    private static readonly string[] Harmless = ["CancelAsync", "DisposeAsync", "FromResult", "FromException", "FromCanceled", "Delay", "Yield", "CompleteAsync"];

    /// <summary>The call that starts a task, where it is only put into a list of the method's own that nothing else is done with; otherwise null.</summary>
    public static IInvocationOperation? GatheredTask(IOperation expression)
    {
        if (expression is not IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation { Local: { Type: INamedTypeSymbol { TypeArguments: [{ } element] } } list }, Arguments: [{ Value: { } added }] } ||
            !Awaitables.Is(element) || StartedTask(added) is not { } call)
        {
            return null;
        }

        bool isOwn = false;
        foreach (IOperation part in expression.Root().Descendants())
        {
            switch (part)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, list):
                    isOwn = declarator.GetVariableInitializer()?.Value.Unconverted() is IObjectCreationOperation { Arguments.Length: 0, Initializer: null } or ICollectionExpressionOperation { Elements.Length: 0 };
                    break;
                case ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, list) &&
                    !(reference.Parent is IInvocationOperation { TargetMethod.Name: "Add", Parent: IExpressionStatementOperation } add && add.Instance == reference):
                    return null;
            }
        }

        return isOwn ? call : null;
    }

    /// <summary>The call that starts a task, where the expression is nothing but that task; otherwise null.</summary>
    public static IInvocationOperation? StartedTask(IOperation expression)
    {
        IOperation current = expression;
        while (true)
        {
            switch (current)
            {
                case IConversionOperation conversion:
                    current = conversion.Operand;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "Unwrap" or "AsTask", Instance: { } inner }:
                    current = inner;
                    continue;
                case IAwaitOperation { Type: { } type, Operation: IInvocationOperation { TargetMethod.Name: "StartNew" } outer } when Awaitables.Is(type):
                    // await Task.Factory.StartNew(async () => …): the inner task is what nobody waits for.
                    return outer;
                case IInvocationOperation { TargetMethod: { } method } call when Awaitables.Is(method.ReturnType) && !Harmless.Contains(method.Name):
                    return call;
                default:
                    return null;
            }
        }
    }
}
