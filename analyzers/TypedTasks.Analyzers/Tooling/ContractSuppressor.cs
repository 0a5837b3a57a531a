using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Idempotency.Effects;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Tooling;

/// <summary>Takes back what other analyzers say of contracts, handlers and payloads, and what the contract makes moot. Each suppression has a reason; a build shows it in its log.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractSuppressor : DiagnosticSuppressor
{
    private const string ShapeOfHandler = "The contract gives a handler's method its shape: an instance method that returns a task.";
    private const string SeenByGeneratedCode = "Contracts, handlers and payloads are named by generated code and shared with other programs.";

    // Id, what it suppresses, why, and of which symbols.
    private static readonly (SuppressionDescriptor Descriptor, Func<ISymbol, TaskCompilation, bool> Holds)[] Known =
    [
        (new("TTS01", "CA1822", ShapeOfHandler), IsHandler),
        (new("TTS06", "CS1998", ShapeOfHandler), IsHandler),
        (new("TTS02", "CA1515", SeenByGeneratedCode), IsShared),
        (new("TTS03", "IDE0060", "The parameter is the task's key, or a part of it: the engine uses it."), IsPartOfKey),
        (new("TTS04", "VSTHRD200", "The name of a contract's method is the task's name, on the wire and in every client."), IsTask),
        (new("TTS07", "CA1812", "The worker makes the handler: AddWorker names it."), IsHandlerType),
        (new("TTS05", "CA1040", "A contract without tasks of its own may gather others, or have its first one tomorrow."), IsContract),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. Known.Select(known => known.Descriptor)];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (TaskCompilation.For(context.Compilation) is not { } tasks)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            (SuppressionDescriptor? descriptor, Func<ISymbol, TaskCompilation, bool>? holds) = Array.Find(Known, known => known.Descriptor.SuppressedDiagnosticId == diagnostic.Id);
            if (descriptor is not null && SymbolAt(diagnostic.Location, context) is { } symbol && holds!(symbol, tasks))
            {
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
            }
        }
    }

    private static ISymbol? SymbolAt(Location location, SuppressionAnalysisContext context)
    {
        if (location.SourceTree is not { } file)
        {
            return null;
        }

        SyntaxNode root = file.GetRoot(context.CancellationToken);
        return root.FullSpan.Contains(location.SourceSpan)
            ? context.GetSemanticModel(file).GetDeclaredSymbol(root.FindNode(location.SourceSpan, getInnermostNodeForTie: true), context.CancellationToken)
            : null;
    }

    private static bool IsHandler(ISymbol symbol, TaskCompilation tasks) => tasks.TaskOf(symbol) is not null;

    private static bool IsHandlerType(ISymbol symbol, TaskCompilation tasks) =>
        symbol is INamedTypeSymbol { TypeKind: TypeKind.Class } type && type.AllInterfaces.Any(contract => IsContract(contract, tasks));

    private static bool IsTask(ISymbol symbol, TaskCompilation tasks) => AnalysisScope.HasAttribute(symbol, tasks.Types.TaskAttribute) || IsHandler(symbol, tasks);

    private static bool IsContract(ISymbol symbol, TaskCompilation tasks) => AnalysisScope.HasAttribute(symbol, tasks.Types.TaskContractAttribute);

    private static bool IsPartOfKey(ISymbol symbol, TaskCompilation tasks) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter && tasks.TaskOf(method) is { } task &&
        task.Attribute(KnownSymbols.IdempotentAttribute)?.Named<string?>("Key", null) is { } template &&
        parameter.Ordinal < task.Parameters.Length && NestedEnqueues.ParametersOf(template).Contains(task.Parameters[parameter.Ordinal].Name);

    private static bool IsShared(ISymbol symbol, TaskCompilation tasks) => symbol is INamedTypeSymbol type &&
        (IsContract(type, tasks) || type.AllInterfaces.Any(contract => IsContract(contract, tasks)) || IsPayload(type, tasks));

    // As a parameter or result says it: what is within those is the compiler's business, which wants it as visible as they are.
    private static bool IsPayload(INamedTypeSymbol type, TaskCompilation tasks) => tasks.SourceTypes(default)
        .Where(contract => contract.TypeKind == TypeKind.Interface && IsContract(contract, tasks))
        .SelectMany(contract => contract.GetMembers())
        .OfType<IMethodSymbol>()
        .Any(task => task.Parameters.Select(parameter => parameter.Type).Append(task.ReturnType).Any(part => Names(part, type)));

    private static bool Names(ITypeSymbol part, INamedTypeSymbol type) => part switch
    {
        IArrayTypeSymbol array => Names(array.ElementType, type),
        INamedTypeSymbol named => SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, type) || named.TypeArguments.Any(argument => Names(argument, type)),
        _ => false,
    };
}
