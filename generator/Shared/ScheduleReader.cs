using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Cron;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Reads and checks the <c>[Schedule]</c> of a task.</summary>
internal sealed class ScheduleReader(ProblemList problems)
{
    /// <summary>The schedule, or null where there is none or after a problem.</summary>
    /// <param name="method">The task's method.</param>
    /// <param name="parameters">Its parameters, or null where they could not be read: then nothing is said of those without a default.</param>
    public ScheduleModel? Read(IMethodSymbol method, IReadOnlyList<ParameterModel>? parameters)
    {
        if (method.Attribute(KnownSymbols.ScheduleAttribute) is not { } attribute || IsRefusedByCompiler(attribute))
        {
            return null;
        }

        int before = problems.Count;
        string? cron = attribute.ConstructorArguments is [{ Value: string stated }] ? stated : null;
        string? every = attribute.Named<string?>("Every", null);
        if ((cron is null) == (every is null))
        {
            problems.Add(ContractProblemKind.ScheduleTimesInvalid, method, every ?? "");
        }

        if (cron is not null && !CronParser.TryParse(cron, out _, out _))
        {
            problems.Add(ContractProblemKind.ScheduleCronInvalid, method, cron);
        }

        ScheduleModel model = new()
        {
            Cron = cron,
            TimeZone = ZoneOf(method, attribute, isInterval: cron is null && every is not null),
            Every = every is null ? Duration.Zero : IntervalOf(method, every),
            Missed = MissedOf(method, attribute),
            SkipWhileRunning = attribute.Named("SkipWhileRunning", false),
        };
        foreach (ParameterModel parameter in parameters ?? [])
        {
            if (parameter is { Role: ParameterRole.Argument, Default: null })
            {
                problems.Add(ContractProblemKind.ScheduleParameterRequired, method.Parameters.First(candidate => candidate.Name == parameter.Name), parameter.Name);
            }
        }

        return problems.Count > before ? null : model;
    }

    private Duration IntervalOf(IMethodSymbol method, string every)
    {
        if (!DurationParser.TryParse(every, out Duration interval) || !ScheduleInterval.IsValid(interval.Ticks))
        {
            problems.Add(ContractProblemKind.ScheduleIntervalInvalid, method, every);
        }

        return interval;
    }

    private string ZoneOf(IMethodSymbol method, AttributeData attribute, bool isInterval)
    {
        if (attribute.NamedArguments.All(argument => argument.Key != "TimeZone"))
        {
            return ScheduleModel.Utc;
        }

        string zone = attribute.Named("TimeZone", "");
        if (isInterval || string.IsNullOrWhiteSpace(zone))
        {
            problems.Add(ContractProblemKind.ScheduleZoneInvalid, method, zone);
        }

        return zone;
    }

    private string? MissedOf(IMethodSymbol method, AttributeData attribute)
    {
        if (attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Missed").Value is not { Type: { } type, Value: int missed } || missed == 0)
        {
            return null;
        }

        ISymbol? member = type.GetMembers().FirstOrDefault(candidate => candidate is IFieldSymbol { ConstantValue: int value } && value == missed);
        if (member is null)
        {
            problems.Add(ContractProblemKind.ScheduleMissedInvalid, method, Literals.Number(missed));
        }

        return member?.Name;
    }

    // No constructor fits, or a value is no constant: that is told already.
    private static bool IsRefusedByCompiler(AttributeData attribute) =>
        attribute.AttributeConstructor is null ||
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.Value)).Any(value => value.Kind == TypedConstantKind.Error);
}
