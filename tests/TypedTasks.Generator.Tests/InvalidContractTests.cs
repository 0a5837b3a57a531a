using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Generator.Tests.Driving;
using TypedTasks.Shared;

namespace TypedTasks.Generator.Tests;

/// <summary>An invalid contract emits nothing, and its reading says why, for the analyzers to report.</summary>
public sealed class InvalidContractTests
{
    private const string Types = """
        public interface IService { void Serve(); }
        public abstract class Open { public int A { get; set; } }
        public class NoWay { private NoWay() { } public int A { get; set; } }
        public class Hidden { private class Secret; public Secret? S { get; set; } }
        public class Grows<T> { public Grows<Grows<T>>? Next { get; set; } }
        [MessagePack.MessagePackObject] public class Unkeyed { public int A { get; set; } }
        [MessagePack.MessagePackObject] public class Twice { [MessagePack.Key(0)] public int A { get; set; } [MessagePack.Key(0)] public int B { get; set; } }
        [MessagePack.MessagePackObject] public class Mixed { [MessagePack.Key(0)] public int A { get; set; } [MessagePack.Key("b")] public int B { get; set; } }
        public class Tags : List<string> { public string? Owner { get; set; } }
        public class Prices : Dictionary<string, decimal>;
        public class Lines : Tags;
        public record Basket(Tags Tags);
        public class Bag : IEnumerable<int>
        {
            private readonly List<int> _items = [];
            public int Count => _items.Count;
            public void Add(int item) => _items.Add(item);
            public IEnumerator<int> GetEnumerator() => _items.GetEnumerator();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        [MessagePack.Union(0, typeof(int))] public abstract class BadUnion;
        public record Order(int Id, Order? Parent, byte[] Content);
        """;

    [Theory]
    [InlineData("ContractGeneric", "interface IJobs<T> { [Task] Task Run(T a); }")]
    [InlineData("GeneratedNameTaken", "interface IJobs { [Task] Task Run(); } public static class JobsTasks { }")]
    [InlineData("GeneratedNameTaken", "interface IJobs { [Task] Task Run(); } public record JobsContract(int A);")]
    [InlineData("ContractNameInvalid", "interface IJobs { [Task] Task Run(); }", "\"no spaces\"")]
    [InlineData("BaseNotContract", "interface IJobs : IDisposable { [Task] Task Run(); }")]
    [InlineData("SignatureAmbiguous", "interface IJobs : IOther { [Task] new Task Run(int a); } [TaskContract] public interface IOther { [Task] Task Run(int a); }")]
    [InlineData("MemberNotTask", "interface IJobs { [Task] Task Run(); Task Helper(); }")]
    [InlineData("MemberNotTask", "interface IJobs { int Size { get; } }")]
    [InlineData("MemberNotTask", "interface IJobs { event Action Changed; }")]
    [InlineData("MemberNotTask", "interface IJobs { static abstract Task Run(); }")]
    [InlineData("TaskGeneric", "interface IJobs { [Task] Task Run<T>(T a); }")]
    [InlineData("TaskNotAbstract", "interface IJobs { [Task] Task Run() => Task.CompletedTask; }")]
    [InlineData("ReturnUnsupported", "interface IJobs { [Task] void Run(); }")]
    [InlineData("ReturnUnsupported", "interface IJobs { [Task] int Run(); }")]
    [InlineData("ReturnUnsupported", "interface IJobs { [Task] IAsyncEnumerable<int> Run(); }")]
    [InlineData("TaskNameInvalid", "interface IJobs { [Task(\"a.b\")] Task Run(); }")]
    [InlineData("TaskNameInvalid", "interface IJobs { [Task] Task Straße(); }")]
    [InlineData("TaskNameDuplicate", "interface IJobs { [Task] Task Run(int a); [Task] Task Run(string a); }")]
    [InlineData("ParameterUnsupported", "interface IJobs { [Task] Task Run(in int a); }")]
    [InlineData("ParameterUnsupported", "interface IJobs { [Task] Task Run(params int[] a); }")]
    [InlineData("TrailingParameterMisplaced", "interface IJobs { [Task] Task Run(CancellationToken a, int b); }")]
    [InlineData("TrailingParameterMisplaced", "interface IJobs { [Task] Task Run(CancellationToken a, CancellationToken b); }")]
    [InlineData("QueueNameInvalid", "interface IJobs { [Task(Queue = \"a b\")] Task Run(); }")]
    [InlineData("AttemptsInvalid", "interface IJobs { [Task(MaxAttempts = 0)] Task Run(); }")]
    [InlineData("DurationInvalid", "interface IJobs { [Task(TimeLimit = \"5 mins\")] Task Run(); }")]
    [InlineData("DurationInvalid", "interface IJobs { [Task(Backoff = \"5m..1s\")] Task Run(); }")]
    [InlineData("DurationInvalid", "interface IJobs { [Task] [Idempotent(Key = \"a\", Window = \"none\")] Task Run(int a); }")]
    [InlineData("ExceptionTypeInvalid", "interface IJobs { [Task(RetryOn = new[] { typeof(string) })] Task Run(); }")]
    [InlineData("ScheduleTimesInvalid", "interface IJobs { [Task] [Schedule] Task Run(); }")]
    [InlineData("ScheduleTimesInvalid", "interface IJobs { [Task] [Schedule(\"0 5 * * *\", Every = \"5m\")] Task Run(); }")]
    [InlineData("ScheduleCronInvalid", "interface IJobs { [Task] [Schedule(\"0 24 * * *\")] Task Run(); }")]
    [InlineData("ScheduleIntervalInvalid", "interface IJobs { [Task] [Schedule(Every = \"5 mins\")] Task Run(); }")]
    [InlineData("ScheduleIntervalInvalid", "interface IJobs { [Task] [Schedule(Every = \"999ms\")] Task Run(); }")]
    [InlineData("ScheduleIntervalInvalid", "interface IJobs { [Task] [Schedule(Every = \"8784.001h\")] Task Run(); }")]
    [InlineData("ScheduleIntervalInvalid", "interface IJobs { [Task] [Schedule(Every = \"1.0005s\")] Task Run(); }")]
    [InlineData("ScheduleZoneInvalid", "interface IJobs { [Task] [Schedule(\"0 5 * * *\", TimeZone = \"\")] Task Run(); }")]
    [InlineData("ScheduleZoneInvalid", "interface IJobs { [Task] [Schedule(Every = \"5m\", TimeZone = \"Europe/Lisbon\")] Task Run(); }")]
    [InlineData("ScheduleMissedInvalid", "interface IJobs { [Task] [Schedule(\"0 5 * * *\", Missed = (MissedRuns)3)] Task Run(); }")]
    [InlineData("ScheduleParameterRequired", "interface IJobs { [Task] [Schedule(\"0 5 * * *\")] Task Run(int? a, int b = 3); }")]
    [InlineData("KeyTemplateInvalid", "interface IJobs { [Task] [Idempotent(Key = \"{a\")] Task Run(int a); }")]
    [InlineData("KeyTemplateInvalid", "interface IJobs { [Task] [Idempotent(Key = \"nightly\")] Task Run(int a); }")]
    [InlineData("KeyPathUnknown", "interface IJobs { [Task] [Idempotent(Key = \"{b}\")] Task Run(int a); }")]
    [InlineData("KeyPathUnknown", "interface IJobs { [Task] [Idempotent(Key = \"{a.Parent.Nope}\")] Task Run(Order a); }")]
    [InlineData("KeyTypeUnsupported", "interface IJobs { [Task] [Idempotent(Key = \"{a.Content}\")] Task Run(Order a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(object a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(dynamic a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(Action a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(System.IO.Stream a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(List<Type> a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(Task<int> a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(Span<byte> a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(Missing a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(Grows<int> a); }")]
    [InlineData("PayloadUnsupported", "interface IJobs { [Task] Task Run(int[,,,,] a); }")]
    [InlineData("PayloadOpen", "interface IJobs { [Task] Task Run(IService a); }")]
    [InlineData("PayloadOpen", "interface IJobs { [Task] Task<Open> Run(); }")]
    [InlineData("PayloadConstructor", "interface IJobs { [Task] Task Run(NoWay a); }")]
    [InlineData("PayloadCollection", "interface IJobs { [Task] Task Run(Tags a); }")]
    [InlineData("PayloadCollection", "interface IJobs { [Task] Task<Prices> Run(); }")]
    [InlineData("PayloadCollection", "interface IJobs { [Task] Task Run(List<Lines> a); }")]
    [InlineData("PayloadCollection", "interface IJobs { [Task] Task Run(Basket a); }")]
    [InlineData("PayloadCollection", "interface IJobs { [Task] Task Run(Bag a); }")]
    [InlineData("PayloadInaccessible", "interface IJobs { [Task] Task Run(Hidden a); }")]
    [InlineData("PayloadKeyMissing", "interface IJobs { [Task] Task Run(Unkeyed a); }")]
    [InlineData("PayloadKeyInvalid", "interface IJobs { [Task] Task Run(Twice a); }")]
    [InlineData("PayloadKeyInvalid", "interface IJobs { [Task] Task Run(Mixed a); }")]
    [InlineData("UnionInvalid", "interface IJobs { [Task] Task Run(BadUnion a); }")]
    [InlineData("ContractInaccessible", "class Outer { [TaskContract] private interface IJobs { [Task] Task Run(); } } file interface INone { }", "")]
    public void Says_why_and_emits_nothing(string expected, string contract, string? name = null)
    {
        string attribute = expected == "ContractInaccessible" ? "" : $"[TaskContract{(name is null ? "" : $"({name})")}]";
        CSharpCompilation compilation = Compilations.Create([Annotations.Source, Types, $"{attribute} public {contract}"]);
        GeneratorRunResult result = Generate.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        Assert.DoesNotContain(result.GeneratedSources, source => source.HintName.Contains("IJobs", StringComparison.Ordinal));

        INamedTypeSymbol symbol = compilation.GetSymbolsWithName(found => found == "IJobs", SymbolFilter.Type, TestContext.Current.CancellationToken).OfType<INamedTypeSymbol>().Single();
        ContractReading reading = ContractReader.Read(symbol, compilation, TestContext.Current.CancellationToken);
        Assert.Null(reading.Model);
        Assert.Contains(Enum.Parse<ContractProblemKind>(expected), reading.Problems.Select(problem => problem.Kind));
        Assert.All(reading.Problems, problem => Assert.True(problem.Location?.IsInSource));
    }

    [Fact]
    public void Members_in_several_files_need_keys()
    {
        CSharpCompilation compilation = Compilations.Create(
        [
            "public partial class Order { public int A { get; set; } }",
            "public partial class Order { public int B { get; set; } }",
            "[TaskContract] public interface IJobs { [Task] Task Run(Order a); }",
        ]);
        ContractReading reading = ContractReader.Read(compilation.GetTypeByMetadataName("IJobs")!, compilation, TestContext.Current.CancellationToken);
        Assert.Equal(ContractProblemKind.PayloadOrderAmbiguous, Assert.Single(reading.Problems).Kind);
    }
}
