using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Whether an expression is the same in every round of the loop around it.</summary>
internal static class LoopVariance
{
    public static bool IsInvariant(IOperation expression, IEnumerable<IOperation> loops)
    {
        if (loops.FirstOrDefault() is not ILoopOperation loop || IsRetry(loop))
        {
            return false;
        }

        return expression.DescendantsAndSelf().All(part => part switch
        {
            ILocalReferenceOperation local => !IsOfLoop(local.Local, loop),
            IParameterReferenceOperation parameter => !IsAssignedIn(parameter.Parameter, loop) && parameter.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction },
            IInvocationOperation or IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false } } or IIncrementOrDecrementOperation or IAwaitOperation => false,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } => false,
            _ => true,
        });
    }

    // Rounds that end with the first success are tries of one thing. What a lambda returns ends no round.
    private static bool IsRetry(ILoopOperation loop) => loop.LoopKind != LoopKind.ForEach &&
        loop.Body.Descendants().Any(part => part is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break } && !IsWithinFunction(part, loop));

    private static bool IsWithinFunction(IOperation part, ILoopOperation loop)
    {
        for (IOperation? outer = part.Parent; outer is not null && !ReferenceEquals(outer, loop); outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfLoop(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.FullSpan.Contains(reference.Span)) || IsAssignedIn(local, loop);

    private static bool IsAssignedIn(ISymbol variable, ILoopOperation loop) => loop.Descendants().Any(part => part switch
    {
        IAssignmentOperation assignment => IsReference(assignment.Target, variable),
        IIncrementOrDecrementOperation increment => IsReference(increment.Target, variable),
        _ => false,
    });

    private static bool IsReference(IOperation target, ISymbol variable) => target switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };
}
