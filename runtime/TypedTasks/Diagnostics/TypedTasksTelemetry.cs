namespace TypedTasks;

/// <summary>The names under which TypedTasks can be observed; what they carry is listed in <c>Diagnostics/TELEMETRY.md</c>.</summary>
/// <remarks>With OpenTelemetry: <c>tracing.AddSource(TypedTasksTelemetry.SourceName)</c> and <c>metrics.AddMeter(TypedTasksTelemetry.MeterName)</c>.</remarks>
public static class TypedTasksTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string SourceName = "TypedTasks";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "TypedTasks";
}
