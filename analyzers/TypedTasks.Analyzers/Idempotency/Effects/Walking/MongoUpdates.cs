using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>MongoDB's updates, which are built by calls: whether one sets, adds to a number, or adds to a list.</summary>
internal static class MongoUpdates
{
    public static bool Is(IMethodSymbol method) =>
        (method.Name.StartsWith("Update", StringComparison.Ordinal) || method.Name.StartsWith("FindOneAndUpdate", StringComparison.Ordinal)) &&
        method.ContainingType.Name is "IMongoCollection" or "IMongoCollectionExtensions" && method.ContainingNamespace is { Name: "Driver", ContainingNamespace.Name: "MongoDB" };

    public static EffectKind KindOf(IInvocationOperation update, IOperation? root)
    {
        string[] built = [.. Calls(update, root)];

        // "Not this one yet", or a number of the version: after the update nothing is left that meets it.
        bool isConditional = built.Any(name => name is "Ne" or "Nin" or "Not" or "Exists" or "Lt" or "Lte");
        return isConditional ? EffectKind.Write
            : built.Any(name => name is "Inc" or "Mul") ? EffectKind.Modify
            : built.Any(name => name is "Push" or "PushEach") ? EffectKind.Insert
            : EffectKind.Write;
    }

    // What is built in the arguments, or before them into a local.
    private static IEnumerable<string> Calls(IInvocationOperation update, IOperation? root)
    {
        foreach (IOperation part in update.Arguments.SelectMany(argument => argument.DescendantsAndSelf()))
        {
            if (part is IInvocationOperation call)
            {
                yield return call.TargetMethod.Name;
            }
            else if (part is ILocalReferenceOperation { Local: var local })
            {
                foreach (IOperation made in root?.DescendantsAndSelf() ?? [])
                {
                    if (made is IVariableDeclaratorOperation { Initializer: { } initializer } declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                    {
                        foreach (IInvocationOperation inner in initializer.Descendants().OfType<IInvocationOperation>())
                        {
                            yield return inner.TargetMethod.Name;
                        }
                    }
                }
            }
            else if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan })
            {
                yield return "Ne";
            }
        }
    }
}
