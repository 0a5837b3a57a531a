using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The source methods that a body calls, in order, each once: the edges along which summaries are made.</summary>
internal sealed class CallCollector(EffectModel model)
{
    private readonly List<IMethodSymbol> _called = [];
    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    public IReadOnlyList<IMethodSymbol> Collect(IEnumerable<IOperation> callers)
    {
        foreach (IOperation operation in callers)
        {
            switch (operation.Kind)
            {
                case OperationKind.Invocation:
                    var invocation = (IInvocationOperation)operation;
                    Add(invocation.TargetMethod, ExactType(invocation.Instance), invocation.IsVirtual);
                    foreach (IMethodSymbol handler in model.Targets.HandlersOf(invocation))
                    {
                        Add(handler);
                    }

                    break;
                case OperationKind.MethodReference:
                    var reference = (IMethodReferenceOperation)operation;
                    Add(reference.Method, ExactType(reference.Instance), reference.IsVirtual);
                    break;
                case OperationKind.ObjectCreation:
                    Add(((IObjectCreationOperation)operation).Constructor, null, false);
                    break;
                case OperationKind.PropertyReference:
                    var read = (IPropertyReferenceOperation)operation;
                    Add(read.Property.GetMethod, ExactType(read.Instance), true);
                    Add(read.Property.SetMethod, ExactType(read.Instance), true);
                    break;
                case OperationKind.Using:
                    AddDispose(((IUsingOperation)operation).Resources);
                    break;
                case OperationKind.UsingDeclaration:
                    AddDispose(((IUsingDeclarationOperation)operation).DeclarationGroup);
                    break;
                case OperationKind.Binary:
                    Add(((IBinaryOperation)operation).OperatorMethod, null, false);
                    break;
                case OperationKind.Conversion:
                    Add(((IConversionOperation)operation).OperatorMethod, null, false);
                    break;
            }
        }

        return _called;
    }

    /// <summary>The type of an expression where it can be no subtype: of an object that is created on the spot.</summary>
    public static ITypeSymbol? ExactType(IOperation? receiver) => receiver switch
    {
        IObjectCreationOperation creation => creation.Type,
        _ when receiver?.Type is { IsSealed: true } type => type,
        _ => null,
    };

    private void AddDispose(IOperation resources)
    {
        foreach (IMethodSymbol dispose in Disposals.Of(resources))
        {
            Add(dispose, null, true);
        }
    }

    private void Add(IMethodSymbol? method, ITypeSymbol? receiver, bool isVirtual)
    {
        if (method is null || method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke or MethodKind.AnonymousFunction ||
            ClientCalls.Is(method) || CanvasCalls.CallOf(method) is not null || model.Catalogue.RulesFor(method.ReducedFrom ?? method).Count > 0)
        {
            return;
        }

        foreach (IMethodSymbol target in model.Targets.Candidates(method, receiver, isVirtual))
        {
            if (!target.DeclaringSyntaxReferences.IsEmpty && !target.IsImplicitlyDeclared && !target.IsAbstract)
            {
                Add(target);
            }
        }
    }

    private void Add(IMethodSymbol target)
    {
        if (_seen.Add(target))
        {
            _called.Add(target);
        }
    }
}
