// The annotated types of the vectors, with codecs written by hand exactly as the generator writes them: this file is its reference.
//
// An object is an array indexed by [Key(n)], or a map of names. Reading tolerates both evolutions: elements that are missing leave the
// member's default, elements that are unknown are skipped. A reference type is nil for null.
namespace TypedTasks.MessagePack.Tests;

public sealed record Line
{
    public string Sku { get; set; } = "";

    public int Quantity { get; set; }

    public decimal Price { get; set; }
}

/// <summary>A class with settable members: read straight into the object, whose initialisers are the defaults.</summary>
public readonly struct LineCodec : IPayloadCodec<Line?>
{
    public static void Write(ref MessagePackWriter writer, Line? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        writer.WriteString(value.Sku);
        writer.Write(value.Quantity);
        DecimalCodec.Write(ref writer, value.Price);
    }

    public static Line? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var value = new Line();
        int count = reader.ReadArrayHeader();
        if (count > 0)
        {
            value.Sku = Payload.NotNull(reader.ReadString(), "Line.Sku");
        }

        if (count > 1)
        {
            value.Quantity = reader.ReadInt32();
        }

        if (count > 2)
        {
            value.Price = DecimalCodec.Read(ref reader);
        }

        reader.SkipRemaining(count - 3);
        return value;
    }
}

public sealed record Order
{
    public Guid Id { get; set; }

    public List<Line> Lines { get; set; } = [];

    public string? Note { get; set; }

    public Dictionary<string, string> Tags { get; set; } = [];

    public DateTime At { get; set; }

    public bool Equals(Order? other) =>
        other is not null && Id == other.Id && Lines.SequenceEqual(other.Lines) && Note == other.Note && At == other.At
        && Tags.Count == other.Tags.Count && !Tags.Except(other.Tags).Any();

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>An object that holds others enters and leaves, so that nesting is bounded.</summary>
public readonly struct OrderCodec : IPayloadCodec<Order?>
{
    public static void Write(ref MessagePackWriter writer, Order? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        writer.Enter();
        GuidCodec.Write(ref writer, value.Id);
        ListCodec<Line, NotNullCodec<Line, LineCodec>>.Write(ref writer, value.Lines);
        writer.WriteString(value.Note);
        DictionaryCodec<string, string, NotNullCodec<string, StringCodec>, NotNullCodec<string, StringCodec>>.Write(ref writer, value.Tags);
        writer.WriteTimestamp(value.At);
        writer.Leave();
    }

    public static Order? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var value = new Order();
        int count = reader.ReadArrayHeader();
        reader.Enter();
        if (count > 0)
        {
            value.Id = GuidCodec.Read(ref reader);
        }

        if (count > 1)
        {
            value.Lines = Payload.NotNull(ListCodec<Line, NotNullCodec<Line, LineCodec>>.Read(ref reader), "Order.Lines");
        }

        if (count > 2)
        {
            value.Note = reader.ReadString();
        }

        if (count > 3)
        {
            value.Tags = Payload.NotNull(
                DictionaryCodec<string, string, NotNullCodec<string, StringCodec>, NotNullCodec<string, StringCodec>>.Read(ref reader),
                "Order.Tags");
        }

        if (count > 4)
        {
            value.At = reader.ReadTimestamp();
        }

        reader.SkipRemaining(count - 5);
        reader.Leave();
        return value;
    }
}

public sealed record Gap
{
    public int A { get; set; }

    public int D { get; set; }
}

/// <summary>Keys 0 and 3: the places between are written as nil and skipped.</summary>
public readonly struct GapCodec : IPayloadCodec<Gap?>
{
    public static void Write(ref MessagePackWriter writer, Gap? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        writer.Write(value.A);
        writer.WriteNil();
        writer.WriteNil();
        writer.Write(value.D);
    }

    public static Gap? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var value = new Gap();
        int count = reader.ReadArrayHeader();
        if (count > 0)
        {
            value.A = reader.ReadInt32();
        }

        reader.SkipRemaining(Math.Min(count - 1, 2));
        if (count > 3)
        {
            value.D = reader.ReadInt32();
        }

        reader.SkipRemaining(count - 4);
        return value;
    }
}

public sealed record ByName
{
    public int First { get; set; }

    public string Second { get; set; } = "";
}

/// <summary>Members by name: a map, whose unknown names are skipped and whose repeated names are refused.</summary>
public readonly struct ByNameCodec : IPayloadCodec<ByName?>
{
    public static void Write(ref MessagePackWriter writer, ByName? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(2);
        writer.WriteUtf8String("First"u8);
        writer.Write(value.First);
        writer.WriteUtf8String("Second"u8);
        writer.WriteString(value.Second);
    }

    public static ByName? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var value = new ByName();
        ulong seen = 0;
        for (int count = reader.ReadMapHeader(); count > 0; count--)
        {
            ReadOnlySpan<byte> name = reader.ReadMapKey();
            if (name.SequenceEqual("First"u8))
            {
                Payload.See(ref seen, 0, "ByName.First");
                value.First = reader.ReadInt32();
            }
            else if (name.SequenceEqual("Second"u8))
            {
                Payload.See(ref seen, 1, "ByName.Second");
                value.Second = Payload.NotNull(reader.ReadString(), "ByName.Second");
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }
}

public readonly record struct Point(int X, int Y);

/// <summary>Made by its constructor: the elements are collected first.</summary>
public readonly struct PointCodec : IPayloadCodec<Point>
{
    public static void Write(ref MessagePackWriter writer, Point value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.X);
        writer.Write(value.Y);
    }

    public static Point Read(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        int x = count > 0 ? reader.ReadInt32() : default;
        int y = count > 1 ? reader.ReadInt32() : default;
        reader.SkipRemaining(count - 2);
        return new Point(x, y);
    }
}

public abstract record Shape;

public sealed record Circle : Shape
{
    public double Radius { get; set; }
}

public sealed record Square : Shape
{
    public int Side { get; set; }
}

/// <summary>A union is an array of the case's key and its object.</summary>
public readonly struct ShapeCodec : IPayloadCodec<Shape?>
{
    public static void Write(ref MessagePackWriter writer, Shape? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Enter();
        switch (value)
        {
            case Circle circle:
                writer.Write(0);
                writer.WriteArrayHeader(1);
                writer.Write(circle.Radius);
                break;
            case Square square:
                writer.Write(1);
                writer.WriteArrayHeader(1);
                writer.Write(square.Side);
                break;
            default:
                Payload.ThrowUnknownUnion(value, "Shape");
                break;
        }

        writer.Leave();
    }

    public static Shape? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, 2);
        reader.Enter();
        Shape? value = null;
        int key = reader.ReadInt32();
        switch (key)
        {
            case 0:
                value = ReadCircle(ref reader);
                break;
            case 1:
                value = ReadSquare(ref reader);
                break;
            default:
                Payload.ThrowUnknownUnion(key, "Shape");
                break;
        }

        reader.Leave();
        return value;
    }

    private static Circle ReadCircle(ref MessagePackReader reader)
    {
        var value = new Circle();
        int count = reader.ReadArrayHeader();
        if (count > 0)
        {
            value.Radius = reader.ReadDouble();
        }

        reader.SkipRemaining(count - 1);
        return value;
    }

    private static Square ReadSquare(ref MessagePackReader reader)
    {
        var value = new Square();
        int count = reader.ReadArrayHeader();
        if (count > 0)
        {
            value.Side = reader.ReadInt32();
        }

        reader.SkipRemaining(count - 1);
        return value;
    }
}
