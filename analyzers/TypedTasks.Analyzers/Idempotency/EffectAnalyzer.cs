using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Idempotency.Effects;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency;

/// <summary>Reads what handlers do, through everything that they call in this compilation, and says what must not be done twice.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EffectAnalyzer : TaskAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public EffectAnalyzer()
        : base(
            Rules.SemanticsUndeclared,
            Rules.CouldBeIdempotent,
            Rules.UnsafeHttp,
            Rules.UnsafeInsert,
            Rules.ReadModifyWrite,
            Rules.UnsafeAppend,
            Rules.UnsafeNotification,
            Rules.SharedStateChange,
            Rules.UnsafeEnqueue,
            Rules.ProcessEffect,
            Rules.VolatileIdentity,
            Rules.VolatileContent,
            Rules.RerunFails,
            Rules.GuardNotAtomic,
            Rules.CrashWindow,
            Rules.FailureRepeatsEffect,
            Rules.UnstableScopeKey,
            Rules.ScopeKeyReused,
            Rules.ScopeKeyLoopInvariant,
            Rules.DeclaredEffectWeaker,
            Rules.AttestationStale,
            Rules.AnnotateEffect,
            Rules.UnmodelledCall,
            Rules.AsyncVoid,
            Rules.WorkOutlivesTask,
            Rules.FailureSwallowed,
            Rules.SyncOverAsync,
            Rules.BlockingSleep,
            Rules.AnalysisIncomplete,
            Rules.EffectFileBroken)
    {
    }

    // A file that is not generated is asked for its handlers, which are not either.
    private protected override bool StaysWithin => true;

    private protected override void Start(AnalysisScope scope)
    {
        EffectModel model = new(scope.Compilation, scope.Options, scope.CancellationToken);
        HandlerPlaces handlers = new(scope.Tasks);

        // Two classes may inherit one handler: what is said of it is said once.
        ConcurrentDictionary<(string Id, Location Place, string Message), bool> said = new();

        // A handler is read when its file is done. A build has bound every body by then, for all analyzers alike; an editor asks for one file, and what else it takes is bound on demand.
        scope.OnBody((_, body) => model.Bodies.Keep(body));
        scope.OnFile(context =>
        {
            foreach (Handler handler in handlers.In(context.SemanticModel.SyntaxTree, context.CancellationToken))
            {
                if (!IsGenerated(handler.Method))
                {
                    HandlerReport.Make(model, handler, Say, context.CancellationToken);
                }
            }

            void Say(Diagnostic diagnostic)
            {
                if (said.TryAdd((diagnostic.Id, diagnostic.Location, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)), true))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }
        });
        scope.OnSymbol(context => new DeclarationReport(model, context).Make((IMethodSymbol)context.Symbol), SymbolKind.Method);
        if (!scope.Tasks.IsProgram)
        {
            scope.OnSymbol(context => new AnnotationReport(model, context).Make((IMethodSymbol)context.Symbol), SymbolKind.Method);
        }

        scope.OnAdditionalFile(context => new EffectFileReport(context).Make());
    }

    // What a tool has written into a file of the user's.
    private static bool IsGenerated(ISymbol? symbol) => symbol is not (null or INamespaceSymbol) && (symbol.Has(KnownSymbols.GeneratedCodeAttribute) || IsGenerated(symbol.ContainingSymbol));
}
