using System.Text;
using System.Text.Json;
using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>Every value that MessagePack-CSharp 3.1 was asked to write, through emitted code: the bytes are the same, and are read back.</summary>
public sealed class VectorTests
{
    private const string Types = """
        #nullable disable
        using System.Linq;
        using MessagePack;
        using TypedTasks.Generator.Tests.Driving;

        public enum Color { Red, Green, Blue }
        public enum Big : ulong { Max = ulong.MaxValue }
        [MessagePackObject] public class Line { [Key(0)] public string Sku {get;set;} = ""; [Key(1)] public int Quantity {get;set;} [Key(2)] public decimal Price {get;set;} }
        [MessagePackObject] public class Order { [Key(0)] public Guid Id {get;set;} [Key(1)] public List<Line> Lines {get;set;} = new(); [Key(2)] public string Note {get;set;} [Key(3)] public Dictionary<string, string> Tags {get;set;} = new(); [Key(4)] public DateTime At {get;set;} }
        [MessagePackObject] public class Gap { [Key(0)] public int A {get;set;} [Key(3)] public int D {get;set;} }
        [MessagePackObject(true)] public class ByName { public int First {get;set;} public string Second {get;set;} = ""; }
        [MessagePackObject] public readonly record struct Point([property: Key(0)] int X, [property: Key(1)] int Y);
        [MessagePackObject] public record Rec([property: Key(0)] int Id, [property: Key(1)] string Name);
        [Union(0, typeof(Circle))] [Union(1, typeof(Square))] public abstract class Shape { }
        [MessagePackObject] public class Circle : Shape { [Key(0)] public double Radius {get;set;} }
        [MessagePackObject] public class Square : Shape { [Key(0)] public int Side {get;set;} }
        """;

    [Fact]
    public void Every_vector_is_written_and_read()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "messagepack-csharp-3.1.json")));
        StringBuilder contract = new();
        StringBuilder values = new();
        List<(string Name, string Hex)> expected = [];
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray())
        {
            string task = $"Vector{expected.Count}";
            string type = vector.GetProperty("type").GetString()!;
            string value = vector.GetProperty("csharp").GetString()!;
            contract.AppendLine($"    [Task] Task<{type}> {task}();");
            values.AppendLine($"        Bytes.RoundTrip<VectorsTasks.{task}Arguments, {type}>({value}),");
            expected.Add(($"{type} {value}", vector.GetProperty("hex").GetString()!));
        }

        string source = $$"""
            {{Types}}

            [TaskContract]
            public interface IVectors
            {
            {{contract}}
            }

            public static class Values
            {
                public static byte[][] All() =>
                [
            {{values}}
                ];
            }
            """;
        using LoadedAssembly loaded = Generate.From(Annotations.Source, source).Load();
        byte[][] written = (byte[][])loaded.Run("Values", "All")!;
        Assert.Equal(105, written.Length);
        Assert.All(expected.Zip(written), pair => Assert.Equal($"{pair.First.Name}: {pair.First.Hex}", $"{pair.First.Name}: {Convert.ToHexStringLower(pair.Second)}"));
    }
}
