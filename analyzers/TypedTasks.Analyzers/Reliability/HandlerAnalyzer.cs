using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT503 to TT505: handlers that hold a thread, or do not hear that they should stop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : TaskAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public HandlerAnalyzer()
        : base(Rules.TokenNotObserved, Rules.SyncOverAsync, Rules.BlockingSleep)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnOperationBlock(context =>
    {
        if (context.OwningSymbol is not IMethodSymbol method || scope.Tasks.TaskOf(method) is not { } task)
        {
            return;
        }

        IOperation[] operations = [.. context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf())];
        CheckToken(context, method, operations);
        if (!TaskMethods.IsDedicated(task))
        {
            CheckBlocking(context, scope.Types, operations);
        }
    });

    private static void CheckToken(OperationBlockAnalysisContext context, IMethodSymbol method, IOperation[] operations)
    {
        if (method.Parameters.FirstOrDefault(parameter => parameter.Type.IsNamed(KnownSymbols.CancellationToken)) is { } token &&
            operations.Any(operation => operation is IAwaitOperation) &&
            !operations.OfType<IParameterReferenceOperation>().Any(reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, token)) &&
            !operations.OfType<IPropertyReferenceOperation>().Any(reference => reference.Property.Name == "CancellationToken" && reference.Property.ContainingType.IsNamed(KnownSymbols.TaskContext)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.TokenNotObserved, token.Locations[0], token.Name, method.Name));
        }
    }

    private static void CheckBlocking(OperationBlockAnalysisContext context, KnownTypes types, IOperation[] operations)
    {
        foreach (IOperation operation in operations)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { Name: "Sleep", ContainingType: var thread } } sleep when thread.IsNamed("System.Threading.Thread"):
                    context.ReportDiagnostic(Diagnostic.Create(Rules.BlockingSleep, sleep.Syntax.GetLocation()));
                    break;
                case IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: { } task } when IsTask(type, types):
                    Report(operation, task, "Result");
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType: var type }, Instance: { } task } when IsTask(type, types):
                    Report(operation, task, "Wait()");
                    break;
                case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod: { Name: "GetAwaiter", ContainingType: var type }, Instance: { } task } } when IsTask(type, types):
                    Report(operation, task, "GetResult()");
                    break;
            }
        }

        void Report(IOperation blocking, IOperation task, string how)
        {
            if (!IsKnownToBeDone(task, operations, blocking.Syntax.SpanStart))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.SyncOverAsync, blocking.Syntax.GetLocation(), how));
            }
        }
    }

    private static bool IsTask(ITypeSymbol type, KnownTypes types) =>
        KnownTypes.Same(type, types.Task) || KnownTypes.Same(type, types.TaskOfT) || KnownTypes.Same(type, types.ValueTask) || KnownTypes.Same(type, types.ValueTaskOfT);

    // Awaited before, alone or by WhenAll, or asked whether it is done: then there is nothing to wait for. What is no local is not followed.
    private static bool IsKnownToBeDone(IOperation task, IOperation[] operations, int before)
    {
        if (task is IParameterReferenceOperation or IArrayElementReferenceOperation)
        {
            return operations.OfType<IAwaitOperation>().Any(await => await.Syntax.SpanStart < before);
        }

        return task is ILocalReferenceOperation { Local: var local } && operations.OfType<ILocalReferenceOperation>().Any(reference =>
            reference.Syntax.SpanStart < before && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsWaitedOrAsked(reference));
    }

    private static bool IsWaitedOrAsked(ILocalReferenceOperation reference)
    {
        for (IOperation? current = reference.Parent; current is not (null or IBlockOperation); current = current.Parent)
        {
            if (current is IAwaitOperation or IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" })
            {
                return true;
            }
        }

        return false;
    }
}
