using System.Buffers;
using System.Text;

namespace TypedTasks.MessagePack.Tests;

public sealed class AllocationTests
{
    private static readonly ArrayBufferWriter<byte> Output = new(1024);

    [Fact]
    public void Writing_a_call_allocates_nothing()
    {
        Call call = CodecCatalogue.SampleCall;

        Assert.Equal(0, Allocated(() => Write(call)));
    }

    [Fact]
    public void Reading_a_call_allocates_its_string_only()
    {
        byte[] bytes = Bytes.Write<Call, CallCodec>(CodecCatalogue.SampleCall);
        byte[] name = Encoding.UTF8.GetBytes(CodecCatalogue.SampleCall.Customer);
        long text = Allocated(() => Encoding.UTF8.GetString(name));

        Assert.Equal(text, Allocated(() => Read(bytes)));
    }

    [Fact]
    public void Skipping_allocates_nothing()
    {
        byte[] bytes = Bytes.Write<Order?, OrderCodec>(CodecCatalogue.SampleOrder(10));

        Assert.Equal(0, Allocated(() =>
        {
            var reader = new MessagePackReader(bytes);
            reader.Skip();
        }));
    }

    private static void Write(in Call call)
    {
        Output.ResetWrittenCount();
        var writer = new MessagePackWriter(Output);
        CallCodec.Write(ref writer, call);
        writer.Flush();
    }

    private static Call Read(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        return CallCodec.Read(ref reader);
    }

    private static long Allocated(Action action)
    {
        // What an action allocates it allocates every time; what the runtime allocates for itself on this thread comes now and then.
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
