using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT402, TT436, TT508 and TT509: what the attributes of one task say to each other. Arithmetic on constants, nothing guessed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskOptionsAnalyzer : TaskAnalyzer
{
    /// <summary>The property of a diagnostic that holds what the fix writes.</summary>
    internal const string Better = "better";

    // Beyond this a task is tried for days: nobody counts to it on purpose.
    private const int ManyAttempts = 1_000;

    private static readonly string[] Permanent =
    [
        "System.ArgumentException", "System.NotImplementedException", "System.NotSupportedException", "System.FormatException", "System.InvalidCastException",
        "System.NullReferenceException", "System.IndexOutOfRangeException", "System.DivideByZeroException", "System.UriFormatException", "System.MissingMethodException",
        "System.Text.Json.JsonException", "System.Xml.XmlException", "System.Runtime.Serialization.SerializationException", "System.Security.SecurityException",
        "System.Security.Authentication.AuthenticationException", "System.ComponentModel.DataAnnotations.ValidationException", "FluentValidation.ValidationException",
        "TypedTasks.DeadLetterException",
    ];

    /// <summary>Creates the analyzer.</summary>
    public TaskOptionsAnalyzer()
        : base(Rules.ContradictoryDeclaration, Rules.WindowTooShort, Rules.RetryOfPermanentError, Rules.UnboundedRetry)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnContract((context, contract) =>
    {
        foreach (IMethodSymbol method in contract.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.Attribute(KnownSymbols.TaskAttribute) is { } attribute)
            {
                // The attributes alone say it, so that it is not the last of several errors to be seen.
                CheckContradiction(context, method, attribute);
            }
        }

        foreach ((IMethodSymbol method, TaskModel task) in scope.Tasks.TasksOf(contract, context.CancellationToken))
        {
            AttributeData attribute = method.Attribute(KnownSymbols.TaskAttribute)!;
            CheckWindow(context, method, task.Options);
            CheckRetries(context, method, attribute, task.Options);
            CheckPermanent(context, method, attribute);
        }
    });

    private static void CheckContradiction(SymbolAnalysisContext context, IMethodSymbol method, AttributeData task)
    {
        if (!method.Has(KnownSymbols.AtMostOnceAttribute))
        {
            return;
        }

        if (method.Attribute(KnownSymbols.IdempotentAttribute) is { } idempotent)
        {
            Report(
                idempotent.Syntax(context.CancellationToken)?.GetLocation(),
                idempotent.Named<string?>("Key", null) is null
                    ? $"'{method.Name}' is both [AtMostOnce] and [Idempotent]: it is not run a second time, so there is nothing to be idempotent about; drop one"
                    : $"'{method.Name}' is [AtMostOnce], which claims the task's id and not its key: the key has no effect; drop one of the attributes");
        }

        if (task.Named("MaxAttempts", 1) > 1)
        {
            Report(
                task.LocationOf("MaxAttempts", context.CancellationToken),
                $"'{method.Name}' is [AtMostOnce] and is never tried again, whatever MaxAttempts says; drop one");
        }

        void Report(Location? location, string message) =>
            context.ReportDiagnostic(Diagnostic.Create(Rules.ContradictoryDeclaration, location ?? method.Locations[0], message));
    }

    private static void CheckWindow(SymbolAnalysisContext context, IMethodSymbol method, TaskOptionsModel options)
    {
        if (options.KeyTemplate is null || options.AtMostOnce || RetryHorizon.Of(options) is var horizon && options.IdempotencyWindow.Ticks >= horizon)
        {
            return;
        }

        AttributeData idempotent = method.Attribute(KnownSymbols.IdempotentAttribute)!;
        string enough = RetryHorizon.Write(horizon);
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.WindowTooShort,
            idempotent.LocationOf("Window", context.CancellationToken) ?? method.Locations[0],
            ImmutableDictionary<string, string?>.Empty.Add(Better, enough),
            options.IdempotencyWindow.Text,
            enough));
    }

    private static void CheckRetries(SymbolAnalysisContext context, IMethodSymbol method, AttributeData task, TaskOptionsModel options)
    {
        if (options.MaxAttempts > 1 && !options.AtMostOnce && options.BackoffLeast.Ticks == 0)
        {
            Report("Backoff", options.BackoffMost.Ticks == 0
                ? $"'{method.Name}' is tried again at once, up to {Number(options.MaxAttempts - 1)} times; give it a back-off, such as \"1s..5m\""
                : $"The back-off of '{method.Name}' begins with zero and doubles from there: it stays zero; begin it with \"1s\"");
        }

        if (options.MaxAttempts >= ManyAttempts && options.Expires is null && !options.AtMostOnce)
        {
            Report("MaxAttempts", $"'{method.Name}' is tried {Number(options.MaxAttempts)} times and never expires: a task that cannot succeed is never seen among the dead letters; lower MaxAttempts, or set Expires");
        }

        void Report(string argument, string message) => context.ReportDiagnostic(Diagnostic.Create(
            Rules.UnboundedRetry,
            task.LocationOf(argument, context.CancellationToken) ?? method.Locations[0],
            ImmutableDictionary<string, string?>.Empty.Add(Better, argument == "Backoff" ? "1s..5m" : null),
            message));
    }

    private static void CheckPermanent(SymbolAnalysisContext context, IMethodSymbol method, AttributeData task)
    {
        if (task.NamedArguments.FirstOrDefault(argument => argument.Key == "RetryOn").Value is not { Kind: TypedConstantKind.Array, IsNull: false } types)
        {
            return;
        }

        foreach (INamedTypeSymbol type in types.Values.Select(constant => constant.Value).OfType<INamedTypeSymbol>())
        {
            if (IsPermanent(type))
            {
                Location? location = TypeOfs.Find(task, "RetryOn", type, context.CancellationToken)?.GetLocation();
                context.ReportDiagnostic(Diagnostic.Create(Rules.RetryOfPermanentError, location ?? method.Locations[0], type.Name));
            }
        }
    }

    private static bool IsPermanent(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Permanent.Any(current.IsNamed))
            {
                return true;
            }
        }

        return false;
    }

    private static string Number(int value) => value == int.MaxValue ? "int.MaxValue" : value.ToString(CultureInfo.InvariantCulture);
}
