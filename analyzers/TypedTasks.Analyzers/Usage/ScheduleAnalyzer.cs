using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT707: moments for the engine that are read from the machine's wall clock.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public ScheduleAnalyzer()
        : base(Rules.LocalClock)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        foreach (IInvocationOperation call in body.Invocations)
        {
            if (call.TargetMethod is { Name: "At" or "In" } method && KnownTypes.Same(method.ContainingType, scope.Types.EnqueueOptions) && call.Arguments is [var moment])
            {
                Check(context, moment.Value);
            }
        }

        foreach (ISimpleAssignmentOperation assignment in body.Assignments)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "NotBefore" or "Deadline" or "Delay" or "ExpiresIn", ContainingType: var owner } } && KnownTypes.Same(owner, scope.Types.EnqueueOptions))
            {
                Check(context, assignment.Value);
            }
        }
    });

    private static void Check(OperationBlockAnalysisContext context, IOperation value)
    {
        foreach (IOperation operation in value.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property: { Name: "Now" or "Today", ContainingType.SpecialType: SpecialType.System_DateTime } property } when !IsConverted(operation):
                    Report(operation, $"DateTime.{property.Name} is the wall clock of this machine's time zone");
                    break;
                case IObjectCreationOperation { Type.SpecialType: SpecialType.System_DateTime, Constructor: { Parameters: { Length: > 1 } parameters } } when !parameters.Any(parameter => parameter.Type.IsNamed("System.DateTimeKind")) && IsTaken(operation) && !IsConverted(operation):
                    Report(operation, "This DateTime has no kind, and is taken for the wall clock of this machine's time zone");
                    break;
            }
        }

        void Report(IOperation operation, string why) => context.ReportDiagnostic(Diagnostic.Create(Rules.LocalClock, operation.Syntax.GetLocation(), why));
    }

    // DateTime.Now.ToUniversalTime(), TimeZoneInfo.ConvertTimeToUtc(local, zone) and DateTime.SpecifyKind(…) say what the wall clock's time is meant to be.
    private static bool IsConverted(IOperation operation)
    {
        for (IOperation? current = operation.Parent; current is IInvocationOperation or IArgumentOperation or IConversionOperation or IParenthesizedOperation; current = current.Parent)
        {
            if (current is IInvocationOperation { TargetMethod.Name: "ToUniversalTime" or "ConvertTimeToUtc" or "ConvertTime" or "SpecifyKind" })
            {
                return true;
            }
        }

        return false;
    }

    // new DateTimeOffset(new DateTime(…), offset) says what it means.
    private static bool IsTaken(IOperation operation)
    {
        for (IOperation? current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IObjectCreationOperation { Arguments.Length: > 1 } creation && creation.Type?.IsNamed("System.DateTimeOffset") == true)
            {
                return false;
            }
        }

        return true;
    }
}
