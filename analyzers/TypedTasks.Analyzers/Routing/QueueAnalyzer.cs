using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Routing;

/// <summary>TT201 and TT205: queues that nobody declares, and names that differ by case alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QueueAnalyzer : TaskAnalyzer
{
    /// <summary>The property of a diagnostic that holds the nearest declared queue.</summary>
    internal const string Nearest = "nearest";

    /// <summary>Creates the analyzer.</summary>
    public QueueAnalyzer()
        : base(Rules.QueueUndeclared, Rules.NamesDifferByCase)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        scope.OnContract((context, contract) => CheckQueues(context, scope.Tasks, contract));
        scope.OnSymbol(context => CheckConstant(context, scope.Tasks), SymbolKind.Field);
    }

    private static void CheckQueues(SymbolAnalysisContext context, TaskCompilation tasks, INamedTypeSymbol contract)
    {
        Check(contract.Attribute(KnownSymbols.TaskContractAttribute), contract);
        foreach (ISymbol member in contract.GetMembers())
        {
            Check(member.Attribute(KnownSymbols.TaskAttribute), member);
        }

        void Check(AttributeData? attribute, ISymbol symbol)
        {
            if (attribute?.Named<string?>("Queue", null) is { } queue && NameRules.IsWireName(queue))
            {
                CheckQueue(context, tasks, queue, attribute.LocationOf("Queue", context.CancellationToken) ?? symbol.Locations[0]);
            }
        }
    }

    private static void CheckQueue(SymbolAnalysisContext context, TaskCompilation tasks, string queue, Location location)
    {
        ImmutableArray<DeclaredQueue> declared = tasks.Manifest(context.CancellationToken).Queues;
        if (declared.IsEmpty || queue == "default" || declared.Any(known => known.Name == queue))
        {
            return;
        }

        string? nearest = NearestName.Of(queue, declared.Select(known => known.Name));
        string advice = nearest is null
            ? "declare it by [TaskQueue] on a constant, or name one that is: " + string.Join(", ", declared.Select(known => $"'{known.Name}'").Distinct().Take(5))
            : $"do you mean '{nearest}'?";
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.QueueUndeclared,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(Nearest, nearest),
            $"The queue '{queue}' is declared nowhere; {advice}"));
    }

    private static void CheckConstant(SymbolAnalysisContext context, TaskCompilation tasks)
    {
        var field = (IFieldSymbol)context.Symbol;
        if (!AnalysisScope.HasAttribute(field, tasks.Types.TaskQueueAttribute))
        {
            return;
        }

        if (QueueReader.Declared(field) is not { } queue)
        {
            if (field.Type.TypeKind != TypeKind.Error && !(field.IsConst && field.Type.SpecialType == SpecialType.System_String))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.QueueUndeclared, field.Locations[0], $"'{field.Name}' is marked with [TaskQueue], but only a constant string declares a queue"));
            }

            return;
        }

        // Of two in one class the later is reported, of two classes' the ordinally later; beside a reference's, the project's own.
        DeclaredQueue? other = tasks.Manifest(context.CancellationToken).Queues.FirstOrDefault(known =>
            known.Name != queue.Name && string.Equals(known.Name, queue.Name, StringComparison.OrdinalIgnoreCase) &&
            (!known.IsLocal || IsBefore(known.Name, queue.Name, field)));
        if (other is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NamesDifferByCase, field.Locations[0], queue.Name, other.Name, other.IsLocal ? "this project" : other.Assembly));
        }
    }

    private static bool IsBefore(string other, string own, IFieldSymbol field)
    {
        foreach (ISymbol member in field.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { Locations: [var place, ..] } sibling && QueueReader.Declared(sibling)?.Name == other)
            {
                return (place.SourceTree?.FilePath ?? "", place.SourceSpan.Start).CompareTo((field.Locations[0].SourceTree?.FilePath ?? "", field.Locations[0].SourceSpan.Start)) < 0;
            }
        }

        return string.CompareOrdinal(other, own) < 0;
    }
}
