using System.Buffers;
using System.Collections.Immutable;
using TypedTasks.Calls;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>One place of a canvas as it is built: a step, or a group of sequences that run side by side.</summary>
internal abstract record CanvasElement
{
    /// <summary>The steps in it.</summary>
    internal abstract int Steps { get; }

    /// <summary>How many groups lie within each other.</summary>
    internal virtual int Depth => 0;
}

/// <summary>A task and its arguments.</summary>
/// <param name="Task">The task.</param>
/// <param name="Arguments">The arguments as they travel: all of them, or all but the first, which is then the result of what comes before.</param>
/// <param name="IsLinked">Whether the first is left out.</param>
/// <param name="Given">The generated struct that they were written of, for tests of who builds canvases.</param>
internal sealed record CanvasStep(TaskDescriptor Task, ReadOnlyMemory<byte> Arguments, bool IsLinked, object Given) : CanvasElement
{
    internal override int Steps => 1;

    internal static CanvasStep Of<TContract, TResult, TArguments>(in TaskCall<TContract, TResult, TArguments> call)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        TArguments.Write(ref writer, call.Arguments);
        writer.Flush();
        return new CanvasStep(call.Task, ScratchBuffer.Take(buffer), IsLinked: false, call.Arguments);
    }

    internal static CanvasStep Link<TInput, TResult, TArguments>(in TArguments arguments)
        where TArguments : struct, ILinkArguments<TArguments, TInput, TResult>
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        TArguments.WriteRest(ref writer, in arguments);
        writer.Flush();
        return new CanvasStep(TArguments.Task, ScratchBuffer.Take(buffer), IsLinked: true, arguments);
    }
}

/// <summary>Sequences that run side by side, and when they are joined; nothing joins them where they are the end of the canvas.</summary>
internal sealed record CanvasGroup(ImmutableArray<ImmutableArray<CanvasElement>> Members, JoinOn? Join) : CanvasElement
{
    /// <summary>How deep groups may lie within each other: what reads and writes them goes down with them.</summary>
    internal const int MaxDepth = 16;

    // Known from the members', which were made before: nothing goes down here.
    internal override int Steps { get; } = (int)Math.Min(int.MaxValue, Members.Sum(member => member.Sum(element => (long)element.Steps)));

    internal override int Depth { get; } = 1 + Members.Max(member => member.Max(element => element.Depth));
}
