using TypedTasks.Engine;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics;

/// <summary>The strings that telemetry says of one task or lane: made once, so that a measurement makes none.</summary>
internal sealed class TaskLabels(Lane lane)
{
    private static readonly Dictionary<DeadLetterReason, string> Reasons = Enum.GetValues<DeadLetterReason>().ToDictionary(reason => reason, reason => reason.ToString());

    /// <summary>The destination: <c>high-priority/invoices</c>.</summary>
    internal string Destination { get; } = lane.ToString();

    internal string SendSpan => field ??= $"{TelemetryNames.Operations.Send} {Destination}";

    internal string ProcessSpan => field ??= $"{TelemetryNames.Operations.Process} {Destination}";

    internal string SettleSpan => field ??= $"{TelemetryNames.Operations.Settle} {Destination}";

    internal static string Of(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Completed => TelemetryNames.Outcomes.Completed,
        OutcomeKind.Retry => TelemetryNames.Outcomes.Retry,
        OutcomeKind.Snoozed => TelemetryNames.Outcomes.Snoozed,
        OutcomeKind.DeadLettered => TelemetryNames.Outcomes.DeadLettered,
        OutcomeKind.Failed => TelemetryNames.Outcomes.Failed,
        OutcomeKind.Cancelled => TelemetryNames.Outcomes.Cancelled,
        OutcomeKind.Released => TelemetryNames.Outcomes.Released,
        _ => TelemetryNames.Outcomes.Lost,
    };

    internal static string Of(DeadLetterReason reason) => Reasons.GetValueOrDefault(reason, TelemetryNames.OtherError);
}
