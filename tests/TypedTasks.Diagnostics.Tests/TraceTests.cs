using System.Diagnostics;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics.Tests;

public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_spans_the_producer_its_retries_and_their_children()
    {
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync();
        TaskHandle<NoResult> child = default;
        host.Jobs.OnRun = async (_, context, token) =>
        {
            if (context.Attempt == 1)
            {
                throw TaskContext.RetryAfter(TimeSpan.Zero, "not yet", new InvalidOperationException("busy"));
            }

            await Task.Yield();
            child = await host.Client.CountAsync(1, cancellationToken: token);
            return 7;
        };

        TaskHandle<int> handle = await host.Client.RunAsync("parent");
        Assert.Equal(7, await handle.ResultAsync(TestHost.Patience));
        IReadOnlyList<Activity> sent = await spans.WaitAsync(2, Names.Operations.Send);
        IReadOnlyList<Activity> processed = await spans.WaitAsync(3, Names.Operations.Process);

        Activity producer = sent.Single(span => Equals(span.GetTagItem(Names.Tags.MessageId), handle.Id.ToString()));
        Activity childProducer = sent.Single(span => span != producer);
        Activity[] attempts = [.. processed.Where(span => Equals(span.GetTagItem(Names.Tags.MessageId), handle.Id.ToString()))];
        Activity childAttempt = processed.Single(span => !attempts.Contains(span));
        Assert.Equal(2, attempts.Length);
        Assert.All(attempts, span => Assert.Equal(producer.SpanId, span.ParentSpanId));
        Assert.Equal(attempts[1].SpanId, childProducer.ParentSpanId);
        Assert.Equal(childProducer.SpanId, childAttempt.ParentSpanId);
        Assert.All(sent.Concat(processed), span => Assert.Equal(producer.TraceId, span.TraceId));
        Assert.Equal(handle.Id.ToString(), childProducer.GetTagItem(Names.Tags.Parent));
        Assert.Equal(handle.Id.ToString(), childAttempt.GetTagItem(Names.Tags.Parent));

        Assert.Equal("send default/jobs", producer.OperationName);
        Assert.Equal(ActivityKind.Producer, producer.Kind);
        Assert.Equal("process default/jobs", attempts[0].OperationName);
        Assert.Equal(ActivityKind.Consumer, attempts[0].Kind);
        Assert.Equal(ActivityStatusCode.Error, attempts[0].Status);
        Assert.Equal("System.InvalidOperationException", attempts[0].GetTagItem(Names.Tags.ErrorType));
        Assert.Equal([Names.Events.Exception, Names.Events.Retry], attempts[0].Events.Select(e => e.Name));
        Assert.Equal(ActivityStatusCode.Unset, attempts[1].Status);
        Assert.Equal(Names.Outcomes.Completed, attempts[1].GetTagItem(Names.Tags.Outcome));

        IReadOnlyList<Activity> settled = await spans.WaitAsync(1, Names.Operations.Settle);
        Assert.Contains(settled, span => span.Links.Any(link => link.Context.SpanId == attempts[0].SpanId));
    }

    [Fact]
    public async Task One_trace_spans_a_canvas_and_its_spans_name_it()
    {
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync();
        host.Jobs.OnRun = (_, _, _) => new ValueTask<int>(7);

        TaskHandle<int> handle = await host.Canvas.EnqueueAsync(Canvas.Chain(JobsTasks.Run("first")).Then(JobsTasks.Run("last")));
        await handle.ResultAsync(TestHost.Patience);
        IReadOnlyList<Activity> sent = await spans.WaitAsync(2, Names.Operations.Send);
        IReadOnlyList<Activity> processed = await spans.WaitAsync(2, Names.Operations.Process);

        Activity last = processed.Single(span => Equals(span.GetTagItem(Names.Tags.MessageId), handle.Id.ToString()));
        Activity first = processed.Single(span => span != last);
        Activity lastSent = sent.Single(span => span.SpanId == last.ParentSpanId);
        Assert.Equal(first.SpanId, lastSent.ParentSpanId);
        Assert.Equal(first.GetTagItem(Names.Tags.MessageId), last.GetTagItem(Names.Tags.Parent));
        Assert.Equal("jobs.run", lastSent.GetTagItem(Names.Tags.Task));
        Assert.All(sent.Concat(processed), span => Assert.Equal((first.TraceId, handle.Id.ToString()), (span.TraceId, span.GetTagItem(Names.Tags.Canvas))));
    }

    [Fact]
    public async Task The_trace_of_a_canvas_travels_on_also_when_nobody_listens_to_TypedTasks()
    {
        await using TestHost host = await TestHost.StartAsync();
        host.Jobs.OnRun = (_, _, _) => new ValueTask<int>(7);
        await host.Admin.PauseAsync("default");
        using var request = new Activity("request");
        request.SetIdFormat(ActivityIdFormat.W3C);
        request.TraceStateString = "vendor=1";
        request.Start();
        TaskHandle<int> handle = await host.Canvas.EnqueueAsync(Canvas.Chain(JobsTasks.Run("first")).Then(JobsTasks.Run("dead")).Then(JobsTasks.Run("never")));
        request.Stop();
        host.Jobs.OnRun = (script, _, _) => script == "dead" ? throw new DeadLetterException("kept") : new ValueTask<int>(7);
        await host.Admin.ResumeAsync("default");
        await Assert.ThrowsAsync<TaskFailedException>(async () => await handle.ResultAsync(TestHost.Patience));

        await using IAsyncEnumerator<DeadLetter> letters = host.Admin.ListDeadLettersAsync(new DeadLetterFilter()).GetAsyncEnumerator();
        Assert.True(await letters.MoveNextAsync());
        EnvelopeView second = EnvelopeView.Read(letters.Current.Envelope);
        Assert.Equal((request.Id, "vendor=1"), (Encoding.UTF8.GetString(second.TraceParent), Encoding.UTF8.GetString(second.TraceState)));
    }

    [Fact]
    public async Task A_dead_letter_and_a_snooze_are_events_of_their_attempts()
    {
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync();
        bool snoozed = false;
        host.Jobs.OnRun = (_, _, _) =>
        {
            if (!snoozed)
            {
                snoozed = true;
                throw TaskContext.Snooze(TimeSpan.FromMilliseconds(1));
            }

            throw new DeadLetterException("no such customer");
        };

        await host.Client.RunAsync("dead");
        IReadOnlyList<Activity> processed = await spans.WaitAsync(2, Names.Operations.Process);
        Assert.Equal([Names.Events.Snooze], processed[0].Events.Select(e => e.Name));
        Assert.Equal(ActivityStatusCode.Unset, processed[0].Status);
        Assert.Equal([Names.Events.Exception, Names.Events.DeadLetter], processed[1].Events.Select(e => e.Name));
        Assert.Equal(nameof(DeadLetterReason.NotTransient), processed[1].Events.Last().Tags.Single(tag => tag.Key == Names.Tags.Reason).Value);
        Assert.Equal(ActivityStatusCode.Error, processed[1].Status);
    }

    [Fact]
    public async Task The_current_trace_travels_also_when_nobody_listens_to_TypedTasks()
    {
        await using TestHost host = await TestHost.StartAsync(work: false);
        using var request = new Activity("request");
        request.SetIdFormat(ActivityIdFormat.W3C);
        request.TraceStateString = "vendor=1";
        request.Start();
        TaskHandle<NoResult> handle = await host.Client.CountAsync(1);
        request.Stop();
        await host.Client.CountAsync(2);

        var deliveries = new Delivery[2];
        await using ILaneConsumer consumer = await host.Engine.ConsumeAsync(new Lane("default", "jobs"), new LaneConsumerOptions(), CancellationToken.None);
        Assert.Equal(2, await consumer.ReceiveAsync(deliveries, CancellationToken.None));
        EnvelopeView first = EnvelopeView.Read(deliveries[0].Envelope);
        Assert.Equal(handle.Id, first.Id);
        Assert.Equal(request.Id, Encoding.UTF8.GetString(first.TraceParent));
        Assert.Equal("vendor=1", Encoding.UTF8.GetString(first.TraceState));
        Assert.True(first.Parent.IsEmpty);
        Assert.True(EnvelopeView.Read(deliveries[1].Envelope).TraceParent.IsEmpty);
    }

    [Fact]
    public async Task The_span_of_the_hosts_start_is_no_parent_of_its_tasks()
    {
        using var start = new Activity("start");
        start.SetIdFormat(ActivityIdFormat.W3C);
        start.Start();
        TestHost host = await TestHost.StartAsync();
        start.Stop();
        await using (host)
        {
            string? current = "unset";
            TaskId running = default;
            host.Jobs.OnRun = (_, _, _) =>
            {
                current = Activity.Current?.Id;
                running = CurrentTask.Id;
                return new ValueTask<int>(1);
            };
            TaskHandle<int> handle = await host.Client.RunAsync("look");
            await handle.ResultAsync(TestHost.Patience);
            Assert.Null(current);
            Assert.Equal(handle.Id, running);
            Assert.True(CurrentTask.Id.IsEmpty);
        }
    }

    [Fact]
    public async Task A_listener_that_throws_costs_no_task()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TypedTasksTelemetry.SourceName,
            Sample = static (ref options) => options.Kind == ActivityKind.Producer ? ActivitySamplingResult.AllData : throw new InvalidOperationException("a bad listener"),
            ActivityStopped = _ => throw new InvalidOperationException("a bad listener"),
        };
        ActivitySource.AddActivityListener(listener);
        await using TestHost host = await TestHost.StartAsync();
        TaskHandle<int> handle = await host.Client.RunAsync("well");
        Assert.Equal(1, await handle.ResultAsync(TestHost.Patience));
    }

    [Fact]
    public async Task A_listener_that_throws_at_the_start_of_a_span_costs_no_task_and_leaves_no_span_behind()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TypedTasksTelemetry.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => throw new InvalidOperationException("a bad listener"),
        };
        ActivitySource.AddActivityListener(listener);
        await using TestHost host = await TestHost.StartAsync();
        Activity? current = null;
        host.Jobs.OnRun = (_, _, _) =>
        {
            current = Activity.Current;
            return new ValueTask<int>(1);
        };
        TaskHandle<int> handle = await host.Client.RunAsync("well");

        Assert.Equal(1, await handle.ResultAsync(TestHost.Patience));
        Assert.Null(current);
    }

    [Fact]
    public async Task An_enqueueing_that_is_refused_is_a_span_with_its_error()
    {
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync(work: false);
        await Assert.ThrowsAsync<TaskRejectedException>(async () => await host.Client.RunAsync(new string('x', 2_000_000)));
        Activity sent = Assert.Single(await spans.WaitAsync(1, Names.Operations.Send));
        Assert.Equal(ActivityStatusCode.Error, sent.Status);
        Assert.NotNull(sent.GetTagItem(Names.Tags.ErrorType));
    }
}
