namespace TypedTasks.MessagePack.Tests;

public enum Color
{
    Red,
    Green,
    Blue,
}

public enum Big : ulong
{
    Max = ulong.MaxValue,
}

public sealed record Rec(int Id, string? Name);

public readonly struct RecCodec : IPayloadCodec<Rec?>
{
    public static void Write(ref MessagePackWriter writer, Rec? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Id);
        writer.WriteString(value.Name);
    }

    public static Rec? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        int id = count > 0 ? reader.ReadInt32() : default;
        string? name = count > 1 ? reader.ReadString() : null;
        reader.SkipRemaining(count - 2);
        return new Rec(id, name);
    }
}

/// <summary>A type that holds itself, as a linked chain does: the reader's depth limit is what ends it.</summary>
public sealed record Node(int Value)
{
    public Node? Next { get; set; }
}

public readonly struct NodeCodec : IPayloadCodec<Node?>
{
    public static void Write(ref MessagePackWriter writer, Node? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Enter();
        writer.Write(value.Value);
        Write(ref writer, value.Next);
        writer.Leave();
    }

    public static Node? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        reader.Enter();
        int number = count > 0 ? reader.ReadInt32() : default;
        Node? next = count > 1 ? Read(ref reader) : null;
        reader.SkipRemaining(count - 2);
        reader.Leave();
        return new Node(number) { Next = next };
    }
}

/// <summary>The arguments of a call: Guid, decimal, string.</summary>
public readonly record struct Call(Guid OrderId, decimal Amount, string Customer);

public readonly struct CallCodec : IPayloadCodec<Call>
{
    public static void Write(ref MessagePackWriter writer, Call value)
    {
        writer.WriteArrayHeader(3);
        GuidCodec.Write(ref writer, value.OrderId);
        DecimalCodec.Write(ref writer, value.Amount);
        writer.WriteString(value.Customer);
    }

    public static Call Read(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        Guid orderId = count > 0 ? GuidCodec.Read(ref reader) : default;
        decimal amount = count > 1 ? DecimalCodec.Read(ref reader) : default;
        string customer = count > 2 ? Payload.NotNull(reader.ReadString(), "Call.Customer") : "";
        reader.SkipRemaining(count - 3);
        return new Call(orderId, amount, customer);
    }
}
