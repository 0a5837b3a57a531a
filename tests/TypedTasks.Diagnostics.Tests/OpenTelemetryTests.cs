using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics.Tests;

public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task OpenTelemetry_collects_spans_and_metrics_by_the_public_names()
    {
        var exporter = new MetricNames();
        var spans = new Spans();
        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder().AddSource(TypedTasksTelemetry.SourceName).AddProcessor(spans).Build();
        using MeterProvider metering = Sdk.CreateMeterProviderBuilder().AddMeter(TypedTasksTelemetry.MeterName).AddReader(new BaseExportingMetricReader(exporter)).Build();
        await using (TestHost host = await TestHost.StartAsync())
        {
            await (await host.Client.RunAsync("well")).ResultAsync(TestHost.Patience);
            Assert.True(metering.ForceFlush());
        }

        Assert.Contains(Names.Metrics.Sent, exporter.Seen);
        Assert.Contains(Names.Metrics.Consumed, exporter.Seen);
        Assert.Contains(Names.Metrics.InFlight, exporter.Seen);
        Activity send = spans.Ended.Single(span => span.OperationName == "send default/jobs");
        Activity process = spans.Ended.Single(span => span.OperationName == "process default/jobs");
        Assert.Equal(send.SpanId, process.ParentSpanId);
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        private readonly List<Activity> _ended = [];

        internal IReadOnlyList<Activity> Ended
        {
            get
            {
                lock (_ended)
                {
                    return [.. _ended];
                }
            }
        }

        public override void OnEnd(Activity data)
        {
            lock (_ended)
            {
                _ended.Add(data);
            }
        }
    }

    private sealed class MetricNames : BaseExporter<Metric>
    {
        internal HashSet<string> Seen { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (Metric metric in batch)
            {
                Seen.Add(metric.Name);
            }

            return ExportResult.Success;
        }
    }
}
