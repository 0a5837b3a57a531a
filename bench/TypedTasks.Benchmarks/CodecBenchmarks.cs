using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using TypedTasks.MessagePack;
using OrderCodec = TypedTasks.Generated.TypedTasks.Benchmarks.OrderCodec;

namespace TypedTasks.Benchmarks;

/// <summary>What generated codecs cost beside a straight-line codec of the same bytes, and beside System.Text.Json with source generation.</summary>
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class CodecBenchmarks
{
    private readonly ReusedBuffer _output = new(4096);

    // Both sides know their output by its interface only, as a codec does.
    private readonly IBufferWriter<byte> _writer;

    // Of the instance: what the just-in-time compiler knows to be constant it may fold into one side's code and not into the other's.
    private readonly Guid _orderId = Samples.OrderId;
    private readonly string _customer = Samples.Customer;
    private readonly decimal _amount = Samples.Amount;
    private readonly Order _order = Samples.Order();
    private readonly byte[] _callBytes;
    private readonly byte[] _orderBytes;
    private readonly byte[] _callJson;
    private readonly byte[] _orderJson;
    private readonly Utf8JsonWriter _json;

    public CodecBenchmarks()
    {
        _writer = _output;
        _json = new Utf8JsonWriter(_output);
        byte[] callByHand = Bytes(Call_write_straight_line);
        byte[] orderByHand = Bytes(Order_write_straight_line);
        _callBytes = Bytes(Call_write_generated);
        _orderBytes = Bytes(Order_write_generated);
        _callJson = Bytes(Call_write_json);
        _orderJson = Bytes(Order_write_json);
        if (!callByHand.AsSpan().SequenceEqual(_callBytes) || !orderByHand.AsSpan().SequenceEqual(_orderBytes)
            || Order_read_straight_line().Lines[9] != Order_read_generated().Lines[9] || Order_read_straight_line().At != Order_read_generated().At)
        {
            throw new InvalidOperationException("The baseline and the generated code do not do the same.");
        }
    }

    [Benchmark(Description = "straight-line by hand", Baseline = true)]
    [BenchmarkCategory("Call, write")]
    public int Call_write_straight_line()
    {
        _output.Reset();
        _writer.Advance(StraightLineWriter.WriteCall(_writer.GetSpan(StraightLineWriter.Room), _orderId, _customer, _amount));
        return _output.Length;
    }

    [Benchmark(Description = "generated")]
    [BenchmarkCategory("Call, write")]
    public int Call_write_generated()
    {
        _output.Reset();
        var writer = new MessagePackWriter(_output);
        BenchTasks.InvoiceArguments.Write(ref writer, new BenchTasks.InvoiceArguments(_orderId, _customer, _amount));
        writer.Flush();
        return _output.Length;
    }

    [Benchmark(Description = "System.Text.Json")]
    [BenchmarkCategory("Call, write")]
    public int Call_write_json()
    {
        _output.Reset();
        _json.Reset();
        JsonSerializer.Serialize(_json, new JsonCall(_orderId, _customer, _amount), Json.Default.JsonCall);
        return _output.Length;
    }

    [Benchmark(Description = "straight-line by hand", Baseline = true)]
    [BenchmarkCategory("Call, read")]
    public decimal Call_read_straight_line() => StraightLineReader.ReadCall(_callBytes).Amount;

    [Benchmark(Description = "generated")]
    [BenchmarkCategory("Call, read")]
    public decimal Call_read_generated()
    {
        var reader = new MessagePackReader(_callBytes);
        return BenchTasks.InvoiceArguments.Read(ref reader).Amount;
    }

    [Benchmark(Description = "System.Text.Json")]
    [BenchmarkCategory("Call, read")]
    public decimal Call_read_json() => JsonSerializer.Deserialize(_callJson, Json.Default.JsonCall).Amount;

    [Benchmark(Description = "straight-line by hand", Baseline = true)]
    [BenchmarkCategory("Order, write")]
    public int Order_write_straight_line()
    {
        _output.Reset();
        _writer.Advance(StraightLineWriter.WriteOrder(_writer.GetSpan(StraightLineWriter.Room), _order));
        return _output.Length;
    }

    [Benchmark(Description = "generated")]
    [BenchmarkCategory("Order, write")]
    public int Order_write_generated()
    {
        _output.Reset();
        var writer = new MessagePackWriter(_output);
        OrderCodec.Write(ref writer, _order);
        writer.Flush();
        return _output.Length;
    }

    [Benchmark(Description = "System.Text.Json")]
    [BenchmarkCategory("Order, write")]
    public int Order_write_json()
    {
        _output.Reset();
        _json.Reset();
        JsonSerializer.Serialize(_json, _order, Json.Default.Order);
        return _output.Length;
    }

    [Benchmark(Description = "straight-line by hand", Baseline = true)]
    [BenchmarkCategory("Order, read")]
    public Order Order_read_straight_line() => StraightLineReader.ReadOrder(_orderBytes);

    [Benchmark(Description = "generated")]
    [BenchmarkCategory("Order, read")]
    public Order Order_read_generated()
    {
        var reader = new MessagePackReader(_orderBytes);
        return OrderCodec.Read(ref reader)!;
    }

    [Benchmark(Description = "System.Text.Json")]
    [BenchmarkCategory("Order, read")]
    public Order Order_read_json() => JsonSerializer.Deserialize(_orderJson, Json.Default.Order)!;

    private byte[] Bytes(Func<int> write)
    {
        write();
        return _output.Written.ToArray();
    }
}

/// <summary>The call as System.Text.Json would carry it.</summary>
public readonly record struct JsonCall(Guid OrderId, string Customer, decimal Amount);

[JsonSerializable(typeof(JsonCall))]
[JsonSerializable(typeof(Order))]
internal sealed partial class Json : JsonSerializerContext;
