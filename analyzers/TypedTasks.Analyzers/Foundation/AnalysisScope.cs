using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers;

/// <summary>One compilation as an analyzer sees it: what is known of it, and the ways to register actions, each guarded.</summary>
internal sealed class AnalysisScope(CompilationStartAnalysisContext start, TaskCompilation tasks, string analyzer)
{
    public TaskCompilation Tasks { get; } = tasks;

    public KnownTypes Types => Tasks.Types;

    public Compilation Compilation => start.Compilation;

    public AnalyzerOptions Options => start.Options;

    public CancellationToken CancellationToken => start.CancellationToken;

    /// <summary>For each symbol of these kinds that is declared in source.</summary>
    public void OnSymbol(Action<SymbolAnalysisContext> action, params SymbolKind[] kinds) => start.RegisterSymbolAction(
        context => Guard(action, context, static (context, found) => context.ReportDiagnostic(found), static context => context.Symbol.Locations.FirstOrDefault()),
        kinds);

    /// <summary>For each contract that is declared in source.</summary>
    public void OnContract(Action<SymbolAnalysisContext, INamedTypeSymbol> action) => OnSymbol(
        context =>
        {
            if (context.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Interface } type && HasAttribute(type, Types.TaskContractAttribute))
            {
                action(context, type);
            }
        },
        SymbolKind.NamedType);

    /// <summary>For each type that is declared in source, around the actions on what is within it.</summary>
    public void OnSymbolStart(Action<SymbolStartAnalysisContext> action, SymbolKind kind) => start.RegisterSymbolStartAction(
        context => Guard(action, context, report: null, static _ => null),
        kind);

    /// <summary>For each body: of a method, an accessor, an initializer.</summary>
    public void OnOperationBlock(Action<OperationBlockAnalysisContext> action) => start.RegisterOperationBlockAction(
        context => Guard(action, context, static (context, found) => context.ReportDiagnostic(found), static context => context.OwningSymbol.Locations.FirstOrDefault()));

    /// <summary>For each body, with what is in it.</summary>
    /// <remarks>
    /// Rather than an action for every operation of a kind: for each analyzer that has one, the driver looks up each operation of each body.
    /// </remarks>
    public void OnBody(Action<OperationBlockAnalysisContext, BodyOperations> action) => OnOperationBlock(context => action(context, Tasks.OperationsOf(context.OperationBlocks)));

    /// <summary>For each syntax node of these kinds.</summary>
    public void OnSyntax(Action<SyntaxNodeAnalysisContext> action, params SyntaxKind[] kinds) => start.RegisterSyntaxNodeAction(
        context => Guard(action, context, static (context, found) => context.ReportDiagnostic(found), static context => context.Node.GetLocation()),
        kinds);

    /// <summary>For each additional file.</summary>
    public void OnAdditionalFile(Action<AdditionalFileAnalysisContext> action) => start.RegisterAdditionalFileAction(
        context => Guard(action, context, static (context, found) => context.ReportDiagnostic(found), static context => Location.Create(context.AdditionalFile.Path, default, default)));

    /// <summary>Once for each file: for what belongs to the compilation as a whole, and is reported at a place in this file.</summary>
    public void OnFile(Action<SemanticModelAnalysisContext> action) => start.RegisterSemanticModelAction(
        context => Guard(action, context, static (context, found) => context.ReportDiagnostic(found), static context => Location.Create(context.SemanticModel.SyntaxTree, default)));

    /// <summary>Whether a symbol has the attribute.</summary>
    public static bool HasAttribute(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        foreach (AttributeData candidate in attributes)
        {
            if (KnownTypes.Same(candidate.AttributeClass, attribute))
            {
                return true;
            }
        }

        return false;
    }

    // Called for every body and every symbol: it allocates nothing unless something fails.
    private void Guard<TContext>(Action<TContext> action, TContext context, Action<TContext, Diagnostic>? report, Func<TContext, Location?> place)
    {
        try
        {
            action(context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One line: a build log shows no more of a message.
            string reason = $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}".Replace("\r", "").Replace('\n', ' ');
            report?.Invoke(context, Diagnostic.Create(Rules.AnalyzerFailure, place(context) ?? Location.None, analyzer, reason));
        }
    }
}
