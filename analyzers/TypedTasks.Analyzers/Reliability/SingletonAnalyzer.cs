using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT514: tasks that change a member of the one object that runs them all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SingletonAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public SingletonAnalyzer()
        : base(Rules.MutableSingleton)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        SingletonHandlers singletons = new(scope.Compilation);
        scope.OnBody((context, body) =>
        {
            if (scope.Tasks.TaskOf(context.OwningSymbol) is null)
            {
                return;
            }

            foreach (IOperation operation in body.All)
            {
                if (operation.Kind is not (OperationKind.SimpleAssignment or OperationKind.CompoundAssignment or OperationKind.Increment or OperationKind.Decrement))
                {
                    continue;
                }

                if (TargetOf(operation) is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } captured } && !IsLocked(operation) &&
                    singletons.Contains(context.OwningSymbol.ContainingType, context.CancellationToken))
                {
                    // A parameter of the class, which is a field to its methods.
                    context.ReportDiagnostic(Diagnostic.Create(Rules.MutableSingleton, operation.Syntax.GetLocation(), captured.Name, context.OwningSymbol.ContainingType.Name));
                }
                else if (Plain(TargetOf(operation)) is { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Member: { IsStatic: false } member } && !IsLocked(operation) &&
                    singletons.Contains(context.OwningSymbol.ContainingType, context.CancellationToken))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.MutableSingleton, operation.Syntax.GetLocation(), member.Name, context.OwningSymbol.ContainingType.Name));
                }
            }
        });
    }

    // A constant, such as a flag that is set, and a value that is made once and kept are the same for all tasks.
    private static IOperation? TargetOf(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Value: { ConstantValue.HasValue: false } value, Target: var target } when !IsConstant(value) => target,
        ICompoundAssignmentOperation { Target: var target } => target,
        IIncrementOrDecrementOperation { Target: var target } => target,
        _ => null,
    };

    private static bool IsConstant(IOperation value) => value is IDefaultValueOperation || (value is IConversionOperation conversion && (conversion.Operand.ConstantValue.HasValue || IsConstant(conversion.Operand)));

    // An event is subscribed to, and an indexer is a method.
    private static IMemberReferenceOperation? Plain(IOperation? target) => target as IFieldReferenceOperation ?? (IMemberReferenceOperation?)(target as IPropertyReferenceOperation is { Property.IsIndexer: false } property ? property : null);

    private static bool IsLocked(IOperation operation)
    {
        for (IOperation? current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILockOperation)
            {
                return true;
            }
        }

        return false;
    }
}
