using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT702 and TT515: who waits for an outcome, and whether it can come.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResultAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public ResultAnalyzer()
        : base(Rules.ResultNotKept, Rules.HandlerWaits)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        foreach (IInvocationOperation invocation in body.Invocations)
        {
            if (WaitedFor(invocation, body, scope.Types) is not { } waited)
            {
                continue;
            }

            if (waited.Count > 0 && waited[waited.Count - 1].Task is { } task && TaskMethods.KeepsNothing(task))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.ResultNotKept, invocation.Syntax.GetLocation(), task.Name));
            }
            else if (scope.Tasks.TaskOf(context.OwningSymbol) is { } own)
            {
                bool isSameQueue = waited.Any(waitedFor => TaskMethods.QueueOf(waitedFor.Task) == TaskMethods.QueueOf(own));
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.HandlerWaits,
                    invocation.Syntax.GetLocation(),
                    isSameQueue ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                    additionalLocations: null,
                    properties: null,
                    own.Name,
                    isSameQueue ? $"on its own queue '{TaskMethods.QueueOf(own)}'; when every worker waits, none is left to run what they wait for" : "and holds its place in the worker meanwhile"));
            }
        }
    });

    /// <summary>Whether the call waits for an outcome, and for which task's, if that can be seen: the last, of a canvas behind those that lead to it.</summary>
    private static IReadOnlyList<NamedTask>? WaitedFor(IInvocationOperation invocation, BodyOperations body, KnownTypes types)
    {
        foreach ((IInvocationOperation said, ClientCall direct) in body.ClientCalls)
        {
            if (ReferenceEquals(said, invocation) && direct.Kind == ClientCallKind.Invoke)
            {
                return direct.Tasks;
            }
        }

        if (invocation is not { TargetMethod: { Name: "ResultAsync", ContainingType: var handle }, Instance: { } instance } || !KnownTypes.Same(handle, types.TaskHandle))
        {
            return null;
        }

        IOperation? origin = instance is ILocalReferenceOperation { Local: var local } ? OnlyValueOf(local, instance) : instance;
        return Awaited(origin) is { } enqueue && ClientCall.Of(enqueue, types) is { } call ? call.Tasks : [];
    }

    private static IInvocationOperation? Awaited(IOperation? operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = (operation as IConversionOperation)?.Operand ?? ((IParenthesizedOperation)operation).Operand;
        }

        return operation is IAwaitOperation await ? ClientCall.Unwrap(await.Operation) : null;
    }

    /// <summary>What a local is declared with, if nothing else is ever assigned to it.</summary>
    private static IOperation? OnlyValueOf(ILocalSymbol local, IOperation within)
    {
        IOperation root = within.Root();
        bool isAssigned = root.Descendants().OfType<IAssignmentOperation>().Any(assignment =>
            assignment.Target is ILocalReferenceOperation { Local: var target } && SymbolEqualityComparer.Default.Equals(target, local));
        return isAssigned ? null : root.Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.Initializer?.Value;
    }
}
