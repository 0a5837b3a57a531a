using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Idempotency;

/// <summary>TT433 to TT435: keys that are valid, and do not recognise what they should.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyAnalyzer : TaskAnalyzer
{
    // What names the call rather than the work. Not requestId and the like: a client may well make that its key.
    private static readonly HashSet<string> Volatile = new(StringComparer.OrdinalIgnoreCase)
    {
        "traceId", "traceParent", "spanId", "activityId", "attempt", "attemptNumber", "retry", "retries", "retryCount", "now", "utcNow",
        "timestamp", "sentAt", "enqueuedAt", "queuedAt", "publishedAt", "sentOn", "enqueuedOn", "queuedOn", "publishedOn", "sentTime", "currentTime", "deliveryCount", "deliveryAttempt",
    };

    // sentAtUtc is sentAt.
    private const string Utc = "Utc";

    /// <summary>Creates the analyzer.</summary>
    public KeyAnalyzer()
        : base(Rules.KeyVolatile, Rules.KeyTypeUnfit, Rules.KeyAmbiguous)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnContract((context, contract) =>
    {
        foreach ((IMethodSymbol method, TaskModel task) in scope.Tasks.TasksOf(contract, context.CancellationToken))
        {
            if (task.Options.KeyTemplate is { } template && method.Attribute(KnownSymbols.IdempotentAttribute) is { } attribute)
            {
                Check(context, method, template, attribute.LocationOf("Key", context.CancellationToken) ?? method.Locations[0]);
            }
        }
    });

    private static void Check(SymbolAnalysisContext context, IMethodSymbol method, string template, Location location)
    {
        KeyHole[] holes = [.. KeyHole.Read(method, template)];
        foreach (KeyHole hole in holes)
        {
            if (Volatile.Contains(hole.Name.EndsWith(Utc, StringComparison.Ordinal) ? hole.Name.Substring(0, hole.Name.Length - Utc.Length) : hole.Name) || Volatile.Contains(hole.Name))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.KeyVolatile, location, Property(hole.Path), hole.Path));
            }

            if (hole.Type.SpecialType is SpecialType.System_Single or SpecialType.System_Double || hole.Type.IsNamed("System.Half"))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.KeyTypeUnfit,
                    location,
                    DiagnosticSeverity.Warning,
                    additionalLocations: null,
                    Property(hole.Path),
                    $"{hole.Path}: {hole.Type.ToDisplayString()}"));
            }
        }

        for (int i = 1; i < holes.Length; i++)
        {
            if (holes[i].FollowsDirectly && !holes[i].IsOfFixedWidth && !holes[i - 1].IsOfFixedWidth)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.KeyAmbiguous, location, holes[i - 1].Path, holes[i].Path));
                break;
            }
        }
    }

    private static ImmutableDictionary<string, string?> Property(string path) => ImmutableDictionary<string, string?>.Empty.Add(Shape.ContractAnalyzer.Value, path);
}
