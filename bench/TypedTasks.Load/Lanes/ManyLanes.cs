using System.Buffers.Text;
using TypedTasks.Calls;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Load.Lanes;

/// <summary>The tasks of <see cref="ILoad"/> over as many lanes as asked for, each a queue of its own.</summary>
public interface IManyLanes
{
    ValueTask RunAsync(long number, long stamp);
}

/// <summary>The handler: counts and returns.</summary>
public sealed class ManyLanesHandler(Ledger ledger) : IManyLanes
{
    public ValueTask RunAsync(long number, long stamp)
    {
        ledger.Ran(number, stamp);
        return default;
    }
}

/// <summary>
/// The generated side of the contract, by hand: how many queues a contract has is said when it is compiled, and here when a run begins. A task is a type, and there are a thousand: one for
/// each three digits.
/// </summary>
internal sealed class ManyLanes : ContractDescriptor<IManyLanes>
{
    public const int Most = 1_000;
    private const string Contract = "lanes";
    private static readonly TaskDescriptor[] Descriptors = [.. Enumerable.Range(0, Most).Select(static lane =>
        new TaskDescriptor(Contract, $"run{lane}", new QueueDescriptor($"lane{lane}")) { Index = lane, KeepOutcome = TimeSpan.Zero, Parameters = ["number", "stamp"] })];

    private static readonly Type[] Digits = [typeof(Zero), typeof(One), typeof(Two), typeof(Three), typeof(Four), typeof(Five), typeof(Six), typeof(Seven), typeof(Eight), typeof(Nine)];

    public ManyLanes(int lanes)
        : base(Contract, [.. Descriptors.Take(lanes)])
    {
        Senders = [.. Enumerable.Range(0, lanes).Select(static lane =>
            (Sender)Activator.CreateInstance(typeof(Sender<,,>).MakeGenericType(Digits[lane / 100], Digits[lane / 10 % 10], Digits[lane % 10]))!)];
    }

    /// <summary>What enqueues into each lane.</summary>
    public IReadOnlyList<Sender> Senders { get; }

    public override IManyLanes CreateRemote(ITaskClient<IManyLanes> client) => new Remote(client);

    public override int IndexOf(ReadOnlySpan<byte> taskName)
    {
        ReadOnlySpan<byte> start = "lanes.run"u8;
        return taskName.StartsWith(start) && Utf8Parser.TryParse(taskName[start.Length..], out int lane, out _) && lane < Tasks.Length ? lane : -1;
    }

    public override ValueTask DispatchAsync(IManyLanes handler, int task, TaskInvocation invocation)
    {
        // The arguments of all tasks are alike.
        Arguments<Zero, Zero, Zero> arguments = invocation.ReadArguments<Arguments<Zero, Zero, Zero>, NoResult>();
        return invocation.CompleteAsync(handler.RunAsync(arguments.Number, arguments.Stamp));
    }

    public override void WriteKey(int task, ref MessagePackReader arguments, ref TaskKeyWriter key)
    {
    }

    // Whoever enqueues and waits has the first lane.
    private sealed class Remote(ITaskClient<IManyLanes> client) : IManyLanes
    {
        public ValueTask RunAsync(long number, long stamp) =>
            RemoteCall.WithoutResult(client.InvokeAsync(new TaskCall<IManyLanes, NoResult, Arguments<Zero, Zero, Zero>>(new(number, stamp))));
    }

    /// <summary>Enqueues into one lane.</summary>
    internal abstract class Sender
    {
        public abstract ValueTask<TaskHandle<NoResult>> EnqueueAsync(ITaskClient<IManyLanes> client, long number, long stamp);
    }

    private sealed class Sender<THundreds, TTens, TOnes> : Sender
        where THundreds : struct, IDigit
        where TTens : struct, IDigit
        where TOnes : struct, IDigit
    {
        public override ValueTask<TaskHandle<NoResult>> EnqueueAsync(ITaskClient<IManyLanes> client, long number, long stamp) =>
            client.EnqueueAsync(new TaskCall<IManyLanes, NoResult, Arguments<THundreds, TTens, TOnes>>(new(number, stamp)));
    }

    private readonly record struct Arguments<THundreds, TTens, TOnes>(long Number, long Stamp) : ITaskArguments<Arguments<THundreds, TTens, TOnes>, NoResult>
        where THundreds : struct, IDigit
        where TTens : struct, IDigit
        where TOnes : struct, IDigit
    {
        public static TaskDescriptor Task { get; } = Descriptors[(100 * THundreds.Value) + (10 * TTens.Value) + TOnes.Value];

        public static void Write(ref MessagePackWriter writer, in Arguments<THundreds, TTens, TOnes> arguments)
        {
            writer.WriteArrayHeader(2);
            Int64Codec.Write(ref writer, arguments.Number);
            Int64Codec.Write(ref writer, arguments.Stamp);
        }

        public static Arguments<THundreds, TTens, TOnes> Read(ref MessagePackReader reader)
        {
            int count = reader.ReadArrayHeader();
            long number = Int64Codec.Read(ref reader);
            long stamp = Int64Codec.Read(ref reader);
            reader.SkipRemaining(count - 2);
            return new(number, stamp);
        }

        public static void WriteResult(ref MessagePackWriter writer, NoResult result) => writer.WriteNil();

        public static NoResult ReadResult(ref MessagePackReader reader)
        {
            reader.Skip();
            return default;
        }
    }
}
