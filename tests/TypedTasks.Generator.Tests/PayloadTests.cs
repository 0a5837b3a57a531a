using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>Every kind of payload goes out and comes back through emitted codecs; what a sender did not know takes its default, what it should not send is refused.</summary>
public sealed class PayloadTests
{
    private const string Header = """
        using System.Collections.Concurrent;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Linq;
        using System.Numerics;
        using TypedTasks.Generator.Tests.Driving;
        using TypedTasks.MessagePack;
        using Xunit;

        """;

    [Fact]
    public void A_marked_type_has_a_codec_and_is_announced_though_no_contract_names_it()
    {
        Generation generation = Generate.From("""
            namespace Shop;

            [TaskPayload] public sealed record Step(string Name, Inner Inner);
            public sealed record Inner(int Number);
            [TaskPayload] public enum Mood { Calm }
            [TaskPayload] public sealed record Hidden(System.IO.Stream Stream);
            [TaskPayload] public sealed record Open<T>(T Value);
            """).Compiles();

        Assert.Equal(
            ["global::Shop.Inner?, global::TypedTasks.Generated.Shop.InnerCodec", "global::Shop.Mood, global::TypedTasks.MessagePack.EnumCodec<global::Shop.Mood, int, global::TypedTasks.MessagePack.Int32Codec>", "global::Shop.Step?, global::TypedTasks.Generated.Shop.StepCodec"],
            generation["TypedTasks.Assembly.g.cs"].Split('\n')
                .Where(line => line.Contains("PayloadCodecs.Register<", StringComparison.Ordinal))
                .Select(line => line.Trim()[(line.Trim().IndexOf('<') + 1)..^4])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_type_of_the_table_has_its_codec()
    {
        string[] types =
        [
            "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "string", "string?",
            "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "Version", "BigInteger", "Complex", "Half", "Int128", "UInt128", "System.Text.Rune",
            "byte[]", "Memory<byte>", "ReadOnlyMemory<byte>", "ArraySegment<byte>", "int?", "DateTime?", "DayOfWeek", "DayOfWeek?",
            "int[]", "int[][]", "int[,]", "int[,,]", "int[,,,]", "string?[]", "int[,][]", "int?[]?", "Memory<int>", "ReadOnlyMemory<string>", "ArraySegment<int>",
            "List<string>", "List<string?>", "IList<int>", "ICollection<int>", "IEnumerable<int>", "IReadOnlyList<int>", "IReadOnlyCollection<int>",
            "HashSet<int>", "ISet<int>", "IReadOnlySet<int>", "SortedSet<int>", "LinkedList<int>", "Queue<int>", "Stack<int>",
            "ObservableCollection<int>", "ReadOnlyCollection<int>", "ConcurrentBag<int>", "ConcurrentQueue<int>", "ConcurrentStack<int>",
            "ImmutableArray<int>", "ImmutableList<int>", "ImmutableQueue<int>", "ImmutableStack<int>", "ImmutableHashSet<int>", "ImmutableSortedSet<int>", "FrozenSet<int>",
            "Dictionary<string, int>", "IDictionary<Guid, string>", "IReadOnlyDictionary<int, List<string>>", "SortedDictionary<string, int>", "SortedList<int, int>",
            "ReadOnlyDictionary<string, int>", "ConcurrentDictionary<string, int>", "ImmutableDictionary<string, int>", "ImmutableSortedDictionary<string, int>", "FrozenDictionary<string, int>",
            "KeyValuePair<string, int>", "(int, string)", "(int A, (string? B, int C) D)", "(int, int, int, int, int, int, int, int, int)", "ValueTuple<int>", "Tuple<int>", "Tuple<int, string>",
            "Tuple<int, int, int, int, int, int, int, Tuple<int>>",
        ];
        string methods = string.Join("\n", types.Select((type, index) => $"    [Task] Task<{type}> Task{index}({type} value);"));
        Generate.From($"{Header}[TaskContract] public interface IEverything\n{{\n{methods}\n}}").Compiles();
    }

    [Fact]
    public void Lists_and_arrays_of_objects_come_back_and_refuse_what_they_may_not_hold()
    {
        Run("""
            public record Item(int Number);
            public record Bag(List<Item> Items, Item[] Array, List<Item?>? Gaps, Item?[] ArrayGaps, Dictionary<string, List<Item>> Named, Item[][] Nested);

            [TaskContract] public interface IJobs { [Task] Task<Bag> KeepAsync(Bag value); [Task] Task<List<Item>> FillAsync(); }

            public static class Program
            {
                public static void Run()
                {
                    // More than the room that is made ahead.
                    Item[] many = [.. Enumerable.Range(0, 3000).Select(number => new Item(number))];
                    Bag read = Bytes.Read<JobsTasks.KeepArguments, Bag>(Bytes.RoundTrip<JobsTasks.KeepArguments, Bag>(
                        new Bag([.. many], many, null, [null, many[1]], new() { ["a"] = [many[2]] }, [[many[3]], []])));
                    Assert.Equal(many, read.Items);
                    Assert.Equal(many, read.Array);
                    Assert.Null(read.Gaps);
                    Assert.Equal([null, many[1]], read.ArrayGaps);
                    Assert.Equal(many[2], read.Named["a"].Single());
                    Assert.Equal(many[3], read.Nested[0].Single());

                    // What a less careful sender sends, and what the type forbids to send.
                    Assert.Contains("'Item'", Assert.Throws<MessagePackException>(() => Bytes.Read<JobsTasks.FillArguments, List<Item>>([0x91, 0xc0])).Message);
                    Assert.Contains("'Item'", Assert.Throws<MessagePackException>(() => Bytes.RoundTrip<JobsTasks.FillArguments, List<Item>>([null!])).Message);
                }
            }
            """);
    }

    [Fact]
    public void A_null_that_its_type_forbids_is_refused_where_it_is_sent()
    {
        Run("""
            public record Line(string Text, string? Note) { public string Shout => Text?.ToUpperInvariant()!; }
            public class Sheet { public string Title { get; set; } = null!; public Line? Last { get; set; } }
            [MessagePack.MessagePackObject(true)] public class Map { public string Name { get; set; } = null!; }

            [TaskContract] public interface IJobs { [Task] Task<Line> ARunAsync(); [Task] Task<Sheet> BRunAsync(); [Task] Task<Map> CRunAsync(); }

            public static class Program
            {
                public static void Run()
                {
                    Assert.Null(Bytes.Read<JobsTasks.ARunArguments, Line>(Bytes.RoundTrip<JobsTasks.ARunArguments, Line>(new Line("text", null))).Note);
                    Refuses<JobsTasks.ARunArguments, Line>(new Line(null!, null), "Line.Text");
                    Refuses<JobsTasks.BRunArguments, Sheet>(new Sheet(), "Sheet.Title");
                    Refuses<JobsTasks.BRunArguments, Sheet>(new Sheet { Title = "title", Last = new Line(null!, null) }, "Line.Text");
                    Refuses<JobsTasks.CRunArguments, Map>(new Map(), "Map.Name");
                }

                private static void Refuses<TArguments, TResult>(TResult value, string member) where TArguments : struct, TypedTasks.Calls.ITaskArguments<TArguments, TResult> =>
                    Assert.Contains($"'{member}' is not nullable", Assert.Throws<MessagePackException>(() => Bytes.Of((ref MessagePackWriter writer) => TArguments.WriteResult(ref writer, value))).Message);
            }
            """);
    }

    [Fact]
    public void Objects_of_every_making_come_back()
    {
        Run("""
            public record Positional(int Id, string? Name = "none", List<int>? Numbers = null) { public string Extra { get; set; } = "extra"; }
            public record struct Mutable(int A) { public int B; }
            public readonly struct ByConstructor(int number, string text) { public int Number { get; } = number; public string Text { get; } = text; }
            public class Base { public int First { get; set; } = 1; public virtual string Shown { get; set; } = "base"; }
            public class Derived : Base { public int Second; public override string Shown { get; set; } = "derived"; public int Sum => First + Second; }
            public class Init { public required string Must { get; init; } public string Culture { get; init; } = "en"; public int? Maybe { get; init; } public bool Flag { get; set; } = true; }
            public enum Tiny : sbyte { Below = -1, Zero }
            public enum Huge : ulong { Most = ulong.MaxValue }
            public class Node { public int Value { get; set; } public Node? Next { get; set; } public List<Node> Children { get; set; } = []; }
            public record Page<T>(T[] Items, Page<T>? Next);
            public record Everything(Positional P, Mutable M, ByConstructor C, Derived D, Init I, Tiny T, Huge H, Node N, Page<Positional> Pages, Page<int> Ints, Mutable? MaybeM, Tiny? MaybeT, (Positional, Tiny)[] Pairs);

            [TaskContract] public interface IJobs { [Task] Task<Everything> RunAsync(Everything value); }

            public static class Program
            {
                public static void Run()
                {
                    Everything value = new(
                        new Positional(1, null, [1, 2]) { Extra = "more" }, new Mutable(2) { B = 3 }, new ByConstructor(4, "five"),
                        new Derived { First = 6, Second = 7, Shown = "shown" }, new Init { Must = "must", Culture = "de", Maybe = 8, Flag = false },
                        Tiny.Below, Huge.Most, new Node { Value = 1, Next = new Node { Value = 2 }, Children = [new Node { Value = 3 }] },
                        new Page<Positional>([new Positional(9)], new Page<Positional>([], null)), new Page<int>([1], null), null, Tiny.Zero, [(new Positional(10), Tiny.Below)]);
                    byte[] bytes = Bytes.RoundTrip<JobsTasks.RunArguments, Everything>(value);
                    Everything read = Bytes.Read<JobsTasks.RunArguments, Everything>(bytes);
                    Assert.Equal("more", read.P.Extra);
                    Assert.Null(read.P.Name);
                    Assert.Equal(value.M, read.M);
                    Assert.Equal(("five", 4), (read.C.Text, read.C.Number));
                    Assert.Equal((6, 7, "shown"), (read.D.First, read.D.Second, read.D.Shown));
                    Assert.Equal(("must", "de", 8, false), (read.I.Must, read.I.Culture, read.I.Maybe, read.I.Flag));
                    Assert.Equal((Tiny.Below, Huge.Most), (read.T, read.H));
                    Assert.Equal(3, read.N.Children[0].Value);
                    Assert.Equal(9, read.Pages.Items[0].Id);
                    Assert.Equal(10, read.Pairs[0].Item1.Id);

                    // In declaration order, the base type's members first, properties before fields.
                    Assert.Equal("9306a573686f776e07", Convert.ToHexStringLower(bytes).Substring(Convert.ToHexStringLower(bytes).IndexOf("9306a5"), 18));
                }
            }
            """);
    }

    [Fact]
    public void What_the_sender_did_not_know_takes_its_default()
    {
        Run("""
            public record Positional(int Id, string Name = "none", int? Number = null);
            public class Settable { public int Number { get; set; } = 5; public string Text { get; set; } = "text"; }
            public class Init { public required int Must { get; init; } public string Culture { get; init; } = "en"; public bool Flag { get; set; } = true; }
            public record Strict(int Id, string Name, string Other);

            [TaskContract] public interface IJobs
            {
                [Task] Task<Positional> ARunAsync(int a, string b = "default", int c = 7, string? d = null);
                [Task] Task<Settable> BRunAsync();
                [Task] Task<Init> CRunAsync();
                [Task] Task<Strict> DRunAsync(string must);
            }

            public static class Program
            {
                public static void Run()
                {
                    Assert.Equal(new Positional(1), Bytes.Read<JobsTasks.ARunArguments, Positional>([0x91, 1]));
                    Assert.Equal(new Positional(0), Bytes.Read<JobsTasks.ARunArguments, Positional>([0x90]));
                    Assert.Equal(new Positional(1, "x", 2), Bytes.Read<JobsTasks.ARunArguments, Positional>([0x95, 1, 0xa1, (byte)'x', 2, 0x92, 1, 2, 3]));
                    Assert.Equal((5, "text"), (Bytes.Read<JobsTasks.BRunArguments, Settable>([0x90]).Number, Bytes.Read<JobsTasks.BRunArguments, Settable>([0x91, 1]).Text));
                    Init init = Bytes.Read<JobsTasks.CRunArguments, Init>([0x91, 1]);
                    Assert.Equal((1, "en", true), (init.Must, init.Culture, init.Flag));

                    MessagePackReader reader = new(new byte[] { 0x91, 1 });
                    Assert.Equal(new JobsTasks.ARunArguments(1, "default", 7, null), JobsTasks.ARunArguments.Read(ref reader));

                    Assert.Contains("'Strict.Name'", Fails<JobsTasks.DRunArguments, Strict>([0x91, 1]));
                    Assert.Contains("'Strict.Other'", Fails<JobsTasks.DRunArguments, Strict>([0x92, 1, 0xa0]));
                    Assert.Contains("'Strict.Name'", Fails<JobsTasks.DRunArguments, Strict>([0x93, 1, 0xc0, 0xa0]));
                    Assert.Contains("'Settable.Text'", Fails<JobsTasks.BRunArguments, Settable>([0x92, 1, 0xc0]));
                    Assert.Contains("'jobs.d-run (result)'", Fails<JobsTasks.DRunArguments, Strict>([0xc0]));
                    Assert.Contains("'jobs.d-run(must)'", Assert.Throws<MessagePackException>(() => { MessagePackReader empty = new(new byte[] { 0x90 }); JobsTasks.DRunArguments.Read(ref empty); }).Message);
                }

                private static string Fails<TArguments, TResult>(byte[] bytes)
                    where TArguments : struct, TypedTasks.Calls.ITaskArguments<TArguments, TResult> =>
                    Assert.Throws<MessagePackException>(() => Bytes.Read<TArguments, TResult>(bytes)).Message;
            }
            """);
    }

    [Fact]
    public void Annotations_are_honoured()
    {
        Run("""
            using MessagePack;

            [MessagePackObject] public class Keys { [Key(2)] public int C { get; set; } [Key(0)] public string? A { get; init; } [IgnoreMember] public object Ignored { get; set; } = 1; public int Computed => C; [Key(3)] public int Written => C + 1; }
            [MessagePackObject] public class Names { [Key("x")] public int X { get; set; } [Key("why")] public required string Y { get; init; } public Names() { } }
            [MessagePackObject(true)] public class Big { public int M0 { get; init; } = 5; MEMBERS }
            [MessagePackObject] public class Chosen { [SerializationConstructor] public Chosen(int a) { A = a; } public Chosen(int a, string b) { A = -1; } [Key(0)] public int A { get; } [Key(1)] public string B { get; set; } = "b"; }
            [Union(5, typeof(Dog))] [Union(1, typeof(Puppy))] [Union(7, typeof(Fish))] public interface IAnimal { }
            public class Dog : IAnimal { public int Age { get; set; } }
            public class Puppy : Dog { }
            public record struct Fish(int Fins) : IAnimal;
            public class Wolf : Dog { }

            [TaskContract] public interface IJobs
            {
                [Task] Task<Keys> AAsync(); [Task] Task<Names> BAsync(); [Task] Task<Big> CAsync(); [Task] Task<Chosen> DAsync(); [Task] Task<IAnimal[]> EAsync();
            }

            public static class Program
            {
                public static void Run()
                {
                    Assert.Equal("94a161c00203", Hex(Bytes.RoundTrip<JobsTasks.AArguments, Keys>(new Keys { A = "a", C = 2 })));
                    Assert.Equal("82a17801a3776879a179", Hex(Bytes.RoundTrip<JobsTasks.BArguments, Names>(new Names { X = 1, Y = "y" })));
                    Assert.Contains("'Names.Y'", Fails<JobsTasks.BArguments, Names>([0x81, 0xa1, (byte)'x', 1]));
                    Assert.Contains("Names.X", Fails<JobsTasks.BArguments, Names>([0x82, 0xa1, (byte)'x', 1, 0xa1, (byte)'x', 1]));
                    Assert.Equal(1, Bytes.Read<JobsTasks.BArguments, Names>([0x83, 0xa1, (byte)'?', 0x91, 1, 0xa3, (byte)'w', (byte)'h', (byte)'y', 0xa0, 0xa1, (byte)'x', 1]).X);
                    Big big = Bytes.Read<JobsTasks.CArguments, Big>(Bytes.RoundTrip<JobsTasks.CArguments, Big>(new Big { M0 = 1, M70 = 70 }));
                    Assert.Equal((1, 70, 0), (big.M0, big.M70, big.M69));
                    Assert.Equal(5, Bytes.Read<JobsTasks.CArguments, Big>([0x80]).M0);
                    Chosen chosen = Bytes.Read<JobsTasks.DArguments, Chosen>(Bytes.RoundTrip<JobsTasks.DArguments, Chosen>(new Chosen(3) { B = "c" }));
                    Assert.Equal((3, "c"), (chosen.A, chosen.B));
                    Assert.Equal("93920191019205910292079103", Hex(Bytes.RoundTrip<JobsTasks.EArguments, IAnimal[]>([new Puppy { Age = 1 }, new Dog { Age = 2 }, new Fish(3)])));
                    Assert.Contains("Wolf", Assert.Throws<MessagePackException>(() => Bytes.RoundTrip<JobsTasks.EArguments, IAnimal[]>([new Wolf()])).Message);
                    Assert.Contains("6", Fails<JobsTasks.EArguments, IAnimal[]>([0x91, 0x92, 6, 0x90]));
                }

                private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

                private static string Fails<TArguments, TResult>(byte[] bytes)
                    where TArguments : struct, TypedTasks.Calls.ITaskArguments<TArguments, TResult> =>
                    Assert.Throws<MessagePackException>(() => Bytes.Read<TArguments, TResult>(bytes)).Message;
            }
            """.Replace("MEMBERS", string.Join(" ", Enumerable.Range(1, 70).Select(i => $"public int M{i} {{ get; set; }}")), StringComparison.Ordinal));
    }

    private static void Run(string source)
    {
        using LoadedAssembly loaded = Generate.From(Annotations.Source, Header + source).Load();
        loaded.Run("Program", "Run");
    }
}
