using System.Buffers;
using TypedTasks.Canvases;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Tests;

/// <summary>Tasks whose results fit each other.</summary>
[TaskContract("figures")]
public interface IFigures
{
    [Task]
    ValueTask<int> CountAsync(string text);

    [Task]
    ValueTask<int> DoubleAsync(int number);

    [Task]
    ValueTask<int> SumAsync(int[] numbers, int offset);
}

/// <summary>What a canvas is made of, and what of it travels and is stored.</summary>
public sealed class CanvasTests
{
    private const byte Kind = (byte)'s';

    private static readonly TaskId Id = TaskId.New(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static TaskChain<int> Nested { get; } = Canvas
        .Group(Canvas.Chain(FiguresTasks.Count("a")).Then(FiguresTasks.DoubleLink()), Canvas.Chain(FiguresTasks.Count("b")))
        .Join(JoinOn.AllEnded, FiguresTasks.SumLink(7))
        .Then(FiguresTasks.DoubleLink());

    [Fact]
    public void A_derived_id_is_the_same_again_and_another_for_every_kind_and_number()
    {
        TaskId[] derived = [.. Enumerable.Range(0, 1_000).SelectMany(number => new[] { Id.Derive(Kind, number), Id.Derive((byte)'m', number), TaskId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301").Derive(Kind, number) })];

        Assert.Equal(3_000, derived.Distinct().Count());
        Assert.Equal(Id.Derive(Kind, 5), Id.Derive(Kind, 5));
    }

    [Fact]
    public void A_derived_id_has_the_time_of_a_version_7_id_and_is_of_version_8_of_any_other() => Property.Holds<(Guid Any, int Number)>(given =>
    {
        TaskId ordered = Id.Derive(Kind, given.Number);
        Guid any = new TaskId(given.Any).Derive(Kind, given.Number).ToGuid();
        return ordered.ToString()[..13] == Id.ToString()[..13] && ordered.ToGuid().Variant is >= 8 and <= 11 && any.Version == (given.Any.Version == 7 ? 7 : 8) && any.Variant is >= 8 and <= 11;
    });

    [Fact]
    public void A_canvas_is_read_as_it_was_written()
    {
        CanvasSequence sequence = CanvasSequence.Read(CanvasFormat.Write(Nested.Elements, Id));

        var group = Assert.IsType<SequenceGroup>(sequence.Take(out CanvasSequence rest));
        var sum = Assert.IsType<SequenceStep>(rest.Take(out rest));
        var last = Assert.IsType<SequenceStep>(rest.Take(out rest));
        var member = Assert.IsType<SequenceStep>(CanvasSequence.Read(group.Members[0]).Take(out CanvasSequence second));
        Assert.Equal(0, rest.Count);
        Assert.Equal((JoinOn.AllEnded, true, 2), (group.Join, group.PassesResults, group.Members.Length));
        Assert.Equal((new Lane("default", "figures"), "figures.sum", true), (sum.Lane, sum.Name, sum.IsLinked));
        Assert.Equal([0x91, 0x07], sum.Arguments.ToArray());
        Assert.Equal((Id, "figures.double", true), (last.Id, last.Name, last.IsLinked));
        Assert.Equal((false, 1), (member.IsLinked, second.Count));
        Assert.Equal(CanvasFormat.MemberId(group.Id, 0), Assert.IsType<SequenceStep>(second.Take(out _)).Id);
    }

    [Fact]
    public void What_is_put_behind_a_sequence_follows_it()
    {
        CanvasSequence join = CanvasSequence.Read(CanvasFormat.WriteJoin(Id, 300));
        CanvasSequence both = CanvasSequence.Read(CanvasSequence.Read(CanvasFormat.Write(Canvas.Chain(FiguresTasks.Count("a")).Elements, Id)).ToBytes(join));

        Assert.Equal(2, both.Count);
        both.Take(out CanvasSequence rest);
        Assert.Equal(new SequenceJoin(Id, 300), rest.Take(out rest));
        Assert.True(rest.ToBytes().IsEmpty);
        Assert.Equal(0, CanvasSequence.Read(default).Count);
    }

    [Fact]
    public void A_step_is_given_the_result_before_it_as_its_first_argument()
    {
        CanvasSequence sequence = CanvasSequence.Read(CanvasFormat.Write(Nested.Elements, Id));
        sequence.Take(out CanvasSequence rest);
        var step = (SequenceStep)rest.Take(out rest);
        var place = new CanvasPlace(Id, rest.ToBytes());
        var buffer = new ArrayBufferWriter<byte>();
        new StepEnvelope(step, new byte[] { 0x92, 0x01, 0x02 }, 5, new EnvelopeAttributes { Canvas = place }, int.MaxValue).WriteTo(buffer);

        EnvelopeView view = EnvelopeView.Read(buffer.WrittenMemory);

        Assert.Equal([0x92, 0x92, 0x01, 0x02, 0x07], view.Arguments.ToArray());
        Assert.Equal((Id, true, true), (view.Canvas, view.IsStep, view.HasNext));
        Assert.Equal(place.Next.ToArray(), view.Next.ToArray());
    }

    [Fact]
    public void The_outcome_of_a_step_is_kept_for_an_hour_at_least()
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanvasSequence.Read(CanvasFormat.Write(Nested.Elements, Id)).Take(out CanvasSequence rest);
        new StepEnvelope((SequenceStep)rest.Take(out _), new byte[] { 0x90 }, 5, new EnvelopeAttributes { Canvas = new CanvasPlace(Id, default) }, int.MaxValue).WriteTo(buffer);
        EnvelopeView view = EnvelopeView.Read(buffer.WrittenMemory);
        TaskDescriptor none = new("figures", "sum", QueueDescriptor.Default) { KeepOutcome = TimeSpan.Zero };
        TaskDescriptor long_ = new("figures", "sum", QueueDescriptor.Default) { KeepOutcome = TimeSpan.FromDays(1) };

        Assert.Equal(TimeSpan.FromHours(1), view.KeepOutcomeOf(none));
        Assert.Equal(TimeSpan.FromDays(1), view.KeepOutcomeOf(long_));
        Assert.Equal(TimeSpan.Zero, default(EnvelopeView).KeepOutcomeOf(none));
    }

    [Fact]
    public void A_group_is_full_when_its_members_are_where_the_join_wants_them()
    {
        GroupRecord succeeded = Group(JoinOn.AllSucceeded, members: 9);
        GroupRecord ended = Group(JoinOn.AllEnded, members: 9);
        for (int place = 0; place < 8; place++)
        {
            succeeded = succeeded.With(place, succeeded: true);
            ended = ended.With(place, succeeded: place % 2 == 0);
        }

        Assert.False(succeeded.IsFull);
        Assert.False(ended.IsFull);
        Assert.False(succeeded.With(8, succeeded: false).IsFull);
        Assert.True(succeeded.With(8, succeeded: false).With(8, succeeded: true).IsFull);
        Assert.True(ended.With(8, succeeded: false).IsFull);
        Assert.Equal([true, false], new[] { 0, 1 }.Select(ended.HasSucceeded));
        Assert.Same(ended, ended.With(1, succeeded: false));
        Assert.Same(ended, ended.With(0, succeeded: false));
        Assert.Throws<MessagePackException>(() => ended.ThrowIfNoMember(9));
        Assert.Throws<MessagePackException>(() => ended.ThrowIfNoMember(-1));
    }

    [Fact]
    public void A_groups_record_and_a_plan_are_read_as_they_were_written()
    {
        GroupRecord record = GroupRecord.Read(Group(JoinOn.AllEnded, members: 20).With(13, succeeded: true).AsJoined().ToBytes());
        CanvasPlan plan = CanvasPlan.Of(Nested.Elements, Id);
        CanvasPlan read = CanvasPlan.Read(plan.ToBytes());

        Assert.Equal((20, JoinOn.AllEnded, true, true, true), (record.Members, record.Join, record.PassesResults, record.IsJoined, record.HasSucceeded(13)));
        Assert.Equal(["figures.count", "figures.double", "figures.count", "figures.sum", "figures.double"], read.Steps.Select(step => step.Name));
        Assert.Equal(plan.Steps, read.Steps);
        Assert.Equal(Id, read.Steps.Last().Id);
    }

    [Fact]
    public void Shortened_bytes_are_refused()
    {
        RefusesEveryPrefix(CanvasFormat.Write(Nested.Elements, Id), ReadAll);
        RefusesEveryPrefix(Group(JoinOn.AllEnded, members: 20).ToBytes(), bytes => GroupRecord.Read(bytes));
        RefusesEveryPrefix(CanvasPlan.Of(Nested.Elements, Id).ToBytes(), bytes => CanvasPlan.Read(bytes));
    }

    [Fact]
    public void Damaged_and_random_bytes_are_read_or_refused() => Property.Holds<(byte[] Random, int Place, byte Value)>(given =>
    {
        byte[] random = given.Random ?? [];
        IsReadOrRefused(() => ReadAll(random));
        IsReadOrRefused(() => GroupRecord.Read(random));
        IsReadOrRefused(() => CanvasPlan.Read(random));
        foreach ((byte[] whole, Action<byte[]> read) in new (byte[], Action<byte[]>)[]
        {
            (CanvasFormat.Write(Nested.Elements, Id), ReadAll),
            (Group(JoinOn.AllSucceeded, members: 20).ToBytes(), bytes => GroupRecord.Read(bytes)),
            (CanvasPlan.Of(Nested.Elements, Id).ToBytes(), bytes => CanvasPlan.Read(bytes)),
        })
        {
            whole[(given.Place & int.MaxValue) % whole.Length] = given.Value;
            IsReadOrRefused(() => read(whole));
        }

        return true;
    });

    [Fact]
    public void An_element_of_a_later_version_is_refused_with_what_to_do()
    {
        MessagePackException kind = Assert.Throws<MessagePackException>(() => ReadAll([0x91, 0x93, 0x07, 0xc0, 0xc0]));

        Assert.Equal("This worker knows no element of a canvas of kind 7. Upgrade the workers before the producers.", kind.Message);
    }

    [Fact]
    public void A_plan_that_nests_without_end_is_refused()
    {
        byte[] bytes = [0x92, 0x01, .. Enumerable.Repeat((byte[])[0x91, 0x93, 0xc4, 0x10, .. new byte[16], 0x00, 0x91], 1_000).SelectMany(level => level), 0x90];

        Assert.Throws<MessagePackException>(() => CanvasPlan.Read(bytes));
    }

    [Fact]
    public void A_canvas_says_what_it_is()
    {
        Assert.Equal("(figures.count → figures.double | figures.count) → figures.sum → figures.double", Nested.ToString());
        Assert.Equal("(figures.count | figures.count)", Canvas.Group(FiguresTasks.Count("a"), FiguresTasks.Count("b")).ToString());
        Assert.Equal("figures.double → figures.double", FiguresTasks.DoubleLink().Then(FiguresTasks.DoubleLink()).ToString());
        Assert.EndsWith("| … 9 in all)", Canvas.Group(Enumerable.Repeat(FiguresTasks.Count("a"), 9)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_without_members_and_an_unknown_join_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Canvas.Group(Array.Empty<TaskChain<int>>()));
        Assert.Throws<ArgumentException>(() => Canvas.Chain(FiguresTasks.Count("a")).ThenGroup(Array.Empty<TaskLink<int, int>>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Canvas.Group(FiguresTasks.Count("a")).Join((JoinOn)2, FiguresTasks.SumLink(1)));
    }

    private static GroupRecord Group(JoinOn join, int members) =>
        GroupRecord.Begin(new SequenceGroup(Id, join, PassesResults: true, [.. new ReadOnlyMemory<byte>[members]]), CanvasFormat.Write(Canvas.Chain(FiguresTasks.Count("a")).Elements, Id));

    private static void ReadAll(byte[] bytes)
    {
        for (CanvasSequence left = CanvasSequence.Read(bytes); left.Count > 0;)
        {
            if (left.Take(out left) is SequenceGroup group)
            {
                foreach (ReadOnlyMemory<byte> member in group.Members)
                {
                    ReadAll(member.ToArray());
                }
            }
        }
    }

    private static void RefusesEveryPrefix(byte[] whole, Action<byte[]> read)
    {
        read(whole);
        for (int length = 1; length < whole.Length; length++)
        {
            Assert.Throws<MessagePackException>(() => read(whole[..length]));
        }
    }

    private static void IsReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (MessagePackException)
        {
        }
    }
}
