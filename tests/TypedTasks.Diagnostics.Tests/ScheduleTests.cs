using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>What is observed of schedules.</summary>
public sealed class ScheduleTests
{
    private static readonly TaskSchedule Hourly = TaskSchedule.Every(TimeSpan.FromHours(1));

    [Fact]
    public async Task Occurrences_are_counted_where_they_are_enqueued_and_where_they_are_passed_over()
    {
        var time = new VirtualTime();
        using var metrics = new MetricRecorder();
        await using TestHost host = await StartAsync(time);
        await PassAsync(time);
        Assert.True(await host.Admin.PauseScheduleAsync("nightly", TestContext.Current.CancellationToken));
        await PassAsync(time);

        Assert.Equal([Names.Outcomes.Enqueued, Names.Outcomes.PassedOver], metrics.Of(Names.Metrics.Occurrences).Select(occurrence => occurrence[Names.Tags.Outcome]));
        Assert.All(metrics.Of(Names.Metrics.Occurrences), occurrence =>
        {
            Assert.Equal(1, occurrence.Value);
            Assert.Equal(("nightly", "jobs.run"), (occurrence[Names.Tags.Schedule], occurrence[Names.Tags.Task]));
            Assert.Equal(("default/jobs", "typedtasks"), (occurrence[Names.Tags.Destination], occurrence[Names.Tags.System]));
            Assert.Equal(5, occurrence.Tags.Count);
        });
    }

    [Fact]
    public async Task The_spans_of_an_occurrences_attempts_name_it_and_its_schedule()
    {
        var time = new VirtualTime();
        using var spans = new SpanRecorder();
        await using TestHost host = await StartAsync(time);
        await host.Client.RunAsync("by hand");
        Activity byHand = Assert.Single(await spans.WaitAsync(1, Names.Operations.Process));
        Assert.Null(byHand.GetTagItem(Names.Tags.Schedule));
        Assert.Null(byHand.GetTagItem(Names.Tags.Occurrence));

        await PassAsync(time);
        Activity attempt = (await spans.WaitAsync(2, Names.Operations.Process))[1];
        Activity sent = (await spans.WaitAsync(2, Names.Operations.Send))[1];

        DateTimeOffset due = VirtualTime.Start + TimeSpan.FromHours(1);
        Assert.Equal(("nightly", "2030-01-01T01:00:00.0000000+00:00"), (attempt.GetTagItem(Names.Tags.Schedule), attempt.GetTagItem(Names.Tags.Occurrence)));
        Assert.Equal(TaskId.Of(due, "nightly").ToString(), attempt.GetTagItem(Names.Tags.MessageId));
        Assert.Equal((sent.TraceId, sent.SpanId), (attempt.TraceId, attempt.ParentSpanId));
        Assert.Equal(default, sent.ParentSpanId);
    }

    private static Task<TestHost> StartAsync(VirtualTime time) =>
        TestHost.StartAsync(services: services => services.AddTypedTasks(tasks => tasks.UseVirtualTime(time).AddSchedule("nightly", JobsTasks.Run("nightly"), Hourly)));

    /// <summary>Until the next occurrence is dealt with.</summary>
    private static Task PassAsync(VirtualTime time) => time.AdvanceAsync(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
}
