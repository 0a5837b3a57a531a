using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Routing;

/// <summary>TT110, TT211 and TT212: what a host registers, against who can do the work.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HostAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public HostAnalyzer()
        : base(Rules.HandlerUnusable, Rules.NoWorker, Rules.TwoWorkers)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        if (scope.Tasks.IsTestProject)
        {
            return;
        }

        scope.OnBody((context, body) =>
        {
            List<Registered>? workers = null;
            foreach (IInvocationOperation call in body.Invocations)
            {
                if (HostCalls.WorkerOf(call, scope.Types) is (var contract, var handler))
                {
                    (workers ??= []).Add(new Registered(call, contract, handler));
                    CheckHandler(context, call, handler);
                }
                else if (scope.Tasks.IsProgram)
                {
                    CheckClient(context, call, scope.Tasks);
                }
            }

            if (workers is not null)
            {
                CheckWorkers(context, workers);
            }
        });
    }

    /// <summary>TT110: the container makes a handler by a public constructor, unless the user registers a way of his own.</summary>
    private static void CheckHandler(OperationBlockAnalysisContext context, IInvocationOperation call, INamedTypeSymbol handler)
    {
        if (WhyUnusable(handler) is not { } why || RegistersItself(call, handler))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(Rules.HandlerUnusable, HostCalls.NameOf(call), handler.Name, why));
    }

    private static string? WhyUnusable(INamedTypeSymbol handler) => handler switch
    {
        { TypeKind: TypeKind.Interface } => "is an interface",
        { TypeKind: TypeKind.Class, IsAbstract: true } => "is abstract",
        { TypeKind: TypeKind.Class } when handler.InstanceConstructors.All(constructor => constructor.DeclaredAccessibility != Accessibility.Public) => "has no public constructor",
        _ => null,
    };

    // services.AddSingleton<Handler>(…) anywhere in the same file: then the container knows how.
    private static bool RegistersItself(IInvocationOperation call, INamedTypeSymbol handler) => call.Syntax.SyntaxTree.GetRoot().DescendantNodes()
        .OfType<GenericNameSyntax>()
        .Any(name => name.Identifier.ValueText != "AddWorker" && name.TypeArgumentList.Arguments.Any(argument => argument.LastName() == handler.Name));

    /// <summary>TT211: who enqueues in a program whose tasks nobody in sight can run.</summary>
    private static void CheckClient(OperationBlockAnalysisContext context, IInvocationOperation call, TaskCompilation tasks)
    {
        if (HostCalls.ClientOf(call, tasks.Types) is not { TypeKind: TypeKind.Interface } contract || HasWorker(tasks, contract, context.CancellationToken) ||
            IsExternal(tasks, contract, context.CancellationToken))
        {
            return;
        }

        // On an engine of its own process the tasks can go nowhere else; with a broker, the workers may well be another program's.
        bool isShared = Calls(tasks.Compilation, context.CancellationToken).Any(name => name.Identifier.ValueText is "UseNats" or "UseRedis" or "UseEngine");
        context.ReportDiagnostic(isShared
            ? Diagnostic.Create(Rules.NoWorker, HostCalls.NameOf(call), DiagnosticSeverity.Info, additionalLocations: null, properties: null, contract.Name, "unless another program does, they wait in their queues for ever")
            : Diagnostic.Create(Rules.NoWorker, HostCalls.NameOf(call), contract.Name, "add a worker by AddWorker, or mark their queue as External"));
    }

    private static bool HasWorker(TaskCompilation tasks, INamedTypeSymbol contract, CancellationToken cancellationToken) =>
        tasks.Manifest(cancellationToken).Handlers.Any(handler => SymbolEqualityComparer.Default.Equals(handler.Contract, contract)) ||
        Calls(tasks.Compilation, cancellationToken).OfType<GenericNameSyntax>().Any(name =>
            name.Identifier.ValueText == "AddWorker" && name.TypeArgumentList.Arguments is [var first, _] && first.LastName() == contract.Name);

    private static bool IsExternal(TaskCompilation tasks, INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        HashSet<string> external = new(tasks.Manifest(cancellationToken).Queues.Where(queue => queue.IsExternal).Select(queue => queue.Name), StringComparer.Ordinal);
        return external.Count > 0 && tasks.Read(contract, cancellationToken).Model is { Tasks.Count: > 0 } model && model.Tasks.All(task => external.Contains(task.Options.Queue.Name));
    }

    // Called members by name. The registration may be in any file, and which one cannot be asked of operations while the files are still coming.
    private static IEnumerable<SimpleNameSyntax> Calls(Compilation compilation, CancellationToken cancellationToken) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes())
        .OfType<InvocationExpressionSyntax>()
        .Select(call => (call.Expression as MemberAccessExpressionSyntax)?.Name)
        .Where(name => name is not null)!;

    /// <summary>TT212: two workers of one contract, both registered whenever this body runs.</summary>
    private static void CheckWorkers(OperationBlockAnalysisContext context, IReadOnlyList<Registered> found)
    {
        Registered[] workers = [.. found.OrderBy(worker => HostCalls.NameOf(worker.Call).SourceSpan.Start)];
        for (int i = 1; i < workers.Length; i++)
        {
            Registered worker = workers[i];
            Registered? first = workers.Take(i).FirstOrDefault(earlier =>
                SymbolEqualityComparer.Default.Equals(earlier.Contract, worker.Contract) && RunsBoth(earlier.Call, worker.Call));
            if (first is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.TwoWorkers,
                    HostCalls.NameOf(worker.Call),
                    [HostCalls.NameOf(first.Call)],
                    worker.Contract.Name,
                    first.Handler.Name));
            }
        }
    }

    /// <summary>Whether nothing between the two and what they have in common decides which of them runs, and they have their builder in common.</summary>
    private static bool RunsBoth(IOperation first, IOperation second)
    {
        HashSet<IOperation> above = [.. Ancestors(first)];
        IOperation? common = Ancestors(second).FirstOrDefault(above.Contains);
        return common is not null && !Between(first, common).Concat(Between(second, common)).Any(operation =>
            operation is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation or ICoalesceOperation);
    }

    private static IEnumerable<IOperation> Between(IOperation operation, IOperation common) => Ancestors(operation).TakeWhile(ancestor => !ReferenceEquals(ancestor, common))
        .Concat(common is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation ? [common] : []);

    private static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (IOperation? current = operation; current is not null; current = current.Parent)
        {
            yield return current;
        }
    }

    /// <summary>A worker that is registered by a call.</summary>
    private sealed record Registered(IInvocationOperation Call, INamedTypeSymbol Contract, INamedTypeSymbol Handler);
}
