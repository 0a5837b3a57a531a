using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;

namespace TypedTasks.Analyzers;

/// <summary>What the rules look for in one body, gathered in one walk for all of them. Safe from any thread.</summary>
internal sealed class BodyOperations
{
    private readonly ImmutableArray<IOperation> _blocks;
    private readonly List<IInvocationOperation> _invocations = [];
    private readonly List<IOperation> _callers = [];
    private readonly List<ISimpleAssignmentOperation>? _assignments;
    private List<(IInvocationOperation Invocation, ClientCall Call)>? _clientCalls;
    private readonly List<IInvalidOperation>? _unboundCalls;
    private IOperation[]? _all;

    public BodyOperations(ImmutableArray<IOperation> blocks, KnownTypes types)
    {
        _blocks = blocks;
        foreach (IOperation block in blocks)
        {
            bool isOfBody = RootOf(block) is { } root && (Body ??= root) == root;
            foreach (IOperation operation in block.DescendantsAndSelf())
            {
                switch (operation.Kind)
                {
                    case OperationKind.Invocation:
                        Add((IInvocationOperation)operation, types);
                        break;
                    case OperationKind.SimpleAssignment:
                        (_assignments ??= []).Add((ISimpleAssignmentOperation)operation);
                        break;
                    case OperationKind.Invalid when operation.Syntax is InvocationExpressionSyntax:
                        (_unboundCalls ??= []).Add((IInvalidOperation)operation);
                        break;
                }

                if (isOfBody && MayCall(operation))
                {
                    _callers.Add(operation);
                }
            }
        }
    }

    /// <summary>The whole body of a method, an accessor, or a property that is an expression; null for any other, such as an initializer.</summary>
    public IOperation? Body { get; }

    /// <summary>The calls, an outer one before those within it.</summary>
    public IReadOnlyList<IInvocationOperation> Invocations => _invocations;

    /// <summary>What may run a method of this compilation, within <see cref="Body"/>, in the order of its operations.</summary>
    public IReadOnlyList<IOperation> Callers => _callers;

    /// <summary>The plain assignments.</summary>
    public IReadOnlyList<ISimpleAssignmentOperation> Assignments => _assignments ?? (IReadOnlyList<ISimpleAssignmentOperation>)[];

    /// <summary>What is written as a call, and which the compiler finds no method for.</summary>
    public IReadOnlyList<IInvalidOperation> UnboundCalls => _unboundCalls ?? (IReadOnlyList<IInvalidOperation>)[];

    /// <summary>Those of the calls that say something to a client.</summary>
    public IReadOnlyList<(IInvocationOperation Invocation, ClientCall Call)> ClientCalls => _clientCalls ?? (IReadOnlyList<(IInvocationOperation, ClientCall)>)[];

    /// <summary>Every operation. Few bodies are asked for all: those of handlers.</summary>
    public IReadOnlyList<IOperation> All => LazyInitializer.EnsureInitialized(ref _all, () => [.. _blocks.SelectMany(block => block.DescendantsAndSelf())])!;

    /// <summary>Whether this is what is in these blocks.</summary>
    public bool IsOf(ImmutableArray<IOperation> blocks) => ReferenceEquals(_blocks[0], blocks[0]);

    /// <summary>Whether an operation may run a method. By kind: most are none of these, and need not be asked for each interface in turn.</summary>
    public static bool MayCall(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation or OperationKind.MethodReference or OperationKind.ObjectCreation or OperationKind.PropertyReference or OperationKind.Using or OperationKind.UsingDeclaration => true,
        OperationKind.Binary => ((IBinaryOperation)operation).OperatorMethod is not null,
        OperationKind.Conversion => ((IConversionOperation)operation).OperatorMethod is not null,
        _ => false,
    };

    private static IOperation? RootOf(IOperation block)
    {
        IOperation root = block.Root();
        return root is IMethodBodyBaseOperation || root.Syntax is ArrowExpressionClauseSyntax ? root : null;
    }

    private void Add(IInvocationOperation invocation, KnownTypes types)
    {
        _invocations.Add(invocation);
        if (ClientCall.Of(invocation, types) is { } call)
        {
            (_clientCalls ??= []).Add((invocation, call));
        }
    }
}
