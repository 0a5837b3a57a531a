using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>The generator runs at every keystroke, on whatever is there.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> AllStories => [Stories.Invoices, Stories.Inheritance, Stories.Keywords, Stories.Payloads, Stories.Schedules];

    [Theory]
    [MemberData(nameof(AllStories))]
    public void Every_prefix_of_a_story_is_survived(string story)
    {
        CSharpCompilation compilation = Compilations.Create([Annotations.Source, story]);
        SyntaxTree whole = compilation.SyntaxTrees[1];
        SyntaxTree current = whole;
        GeneratorDriver driver = Generate.Driver();
        foreach (SyntaxToken token in whole.GetRoot(TestContext.Current.CancellationToken).DescendantTokens())
        {
            SyntaxTree cut = CSharpSyntaxTree.ParseText(story[..token.SpanStart], Compilations.ParseOptions, "Source1.cs", cancellationToken: TestContext.Current.CancellationToken);
            compilation = compilation.ReplaceSyntaxTree(current, cut);
            current = cut;
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, $"{result.Exception}\nat the end of:\n{story[..token.SpanStart]}");
        }
    }

    [Fact]
    public void A_change_to_one_contract_emits_no_other_again()
    {
        CSharpCompilation compilation = Compilations.Create([Stories.Invoices, Stories.Inheritance]);
        GeneratorDriver driver = Generate.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        SyntaxTree changed = CSharpSyntaxTree.ParseText(Stories.Inheritance.Replace("days = 30", "days = 31", StringComparison.Ordinal), Compilations.ParseOptions, "Source1.cs", cancellationToken: TestContext.Current.CancellationToken);
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], changed), TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Dictionary<string, IncrementalStepRunReason> reasons = result.TrackedSteps[TrackingNames.NamedContracts]
            .SelectMany(step => step.Outputs)
            .ToDictionary(output => ((NamedContract)output.Value).HintName, output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["Shop.IMaintenance"]);
        Assert.Contains(reasons["Shop.IInvoices"], new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged });
        Assert.Contains(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => output.Reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void Names_that_would_collide_are_told_apart()
    {
        Generation generation = Generate.From("""
            namespace Shop
            {
                public record Order(int Id);
                public record order(int Id);
                public class Outer { public record Order(string Name); [TaskContract] public interface IJobs { [Task] Task RunAsync(Order order); } }
                public record Page<T>(T Item);
                [TaskContract] public interface IJobs
                {
                    [Task] Task RunAsync(Order a, order b, Outer.Order c, Archive.Order d, Page<Order> e, Page<Archive.Order> f, Page<string> g, Page<string?> h, Page<Page<int[]?>> i);
                }
                [TaskContract("other-jobs")] public interface Jobs { [Task] Task RunAsync(Order order); }
                [TaskContract("outer")] public interface IOuterJobs { [Task] Task RunAsync(Order order); }
            }

            namespace Archive
            {
                public record Order(long Id);
            }
            """).Compiles();
        Assert.Equal(4, generation.Sources.Count(source => source.HintName.Contains("Jobs", StringComparison.Ordinal)));
        Assert.Equal(10, generation.Sources.Count(source => source.HintName.EndsWith(".Codec.g.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_task_that_is_called_like_the_class_of_its_calls_has_another_name_there() => Generate.From("""
        namespace Shop;

        [TaskContract] public interface IJobs
        {
            [Task] Task JobsTasksAsync(int a);
            [Task("other")] Task JobsTasksAsync(string a);
        }

        public static class Program { public static object Call() => JobsTasks.JobsTasks2(1); }
        """).Compiles();

    [Fact]
    public void Parameters_and_tasks_may_be_called_what_emitted_code_and_every_class_call_something() => Generate.From("""
        namespace Shop;

        [TaskContract] public interface IJobs
        {
            [Task] Task RunAsync(int tasks, int tasks2, int tasksArgument, int client, int taskClient, int options, int enqueueOptions, int writer, int reader, int arguments, int count);
            [Task] Task ToStringAsync();
            [Task] Task GetHashCodeAsync();
            [Task] Task EqualsAsync(int other);
            [Task] Task GetTypeAsync();
        }
        """).Compiles();

    [Fact]
    public void A_member_whose_use_is_an_error_does_not_travel()
    {
        Generation generation = Generate.From("""
            namespace Shop;

            public class Order
            {
                [Obsolete("Use Total.", true)] public int Amount { get; set; }
                [Obsolete("Soon.")] public string? Note { get; set; }
                public decimal Total { get; set; }
            }

            [TaskContract] public interface IJobs { [Task] Task RunAsync(Order order); }
            """).Compiles();
        Assert.DoesNotContain("Amount", generation.Everything, StringComparison.Ordinal);
        Assert.Contains("Note", generation.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void Contracts_that_name_one_type_share_its_codec()
    {
        Generation generation = Generate.From("""
            public record Order(int Id);
            [TaskContract] public interface IFirst { [Task] Task RunAsync(Order order); }
            [TaskContract] public interface ISecond { [Task] Task RunAsync(Order order); }
            """).Compiles();
        Assert.Equal(["IFirst.g.cs", "ISecond.g.cs", "Order.Codec.g.cs", "TypedTasks.Assembly.g.cs"], generation.Sources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Partial_declarations_are_one()
    {
        Generation generation = Generate.From(
            "[TaskContract] public partial interface IJobs { [Task] Task FirstAsync(int a); }",
            "public partial interface IJobs { [Task] Task SecondAsync(int a); }",
            "public partial class Worker : IJobs { public Task FirstAsync(int a) => Task.CompletedTask; }",
            "public partial class Worker : IJobs { public Task SecondAsync(int a) => Task.CompletedTask; }").Compiles();
        Assert.Equal(2, generation["TypedTasks.Assembly.g.cs"].Split("DeclaresTask(").Length - 1);
        Assert.Single(generation["TypedTasks.Assembly.g.cs"].Split('\n'), line => line.Contains("DeclaresHandler(", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_of_small_integers_compile_and_hold()
    {
        using LoadedAssembly loaded = Generate.From("""
            using TypedTasks.MessagePack;
            public enum Level : byte { Low, High = 200 }
            public record Box(byte A = 255, sbyte B = -5, short C = -300, ushort D = 60000);
            [TaskContract] public interface IJobs { [Task] Task RunAsync(byte a = 255, sbyte b = -5, short c = -300, ushort d = 60000, short? e = -1, Level f = Level.High, Box? box = null); }
            public static class Check
            {
                public static string Run()
                {
                    MessagePackReader nothing = new(new byte[] { 0x90 });
                    MessagePackReader emptyBox = new(new byte[] { 0x97, 1, 2, 3, 4, 5, 6, 0x90 });
                    return $"{JobsTasks.RunArguments.Read(ref nothing)} {JobsTasks.RunArguments.Read(ref emptyBox).Box}";
                }
            }
            """).Load();

        Assert.Equal(
            "RunArguments { A = 255, B = -5, C = -300, D = 60000, E = -1, F = High, Box =  } Box { A = 255, B = -5, C = -300, D = 60000 }",
            loaded.Run("Check", "Run"));
    }

    [Fact]
    public void A_contract_without_tasks_yet_compiles_without_a_warning() => Generate.From("[TaskContract] public interface IJobs { }").Compiles();

    [Fact]
    public void Without_contracts_nothing_is_emitted() => Assert.Empty(Generate.From("public class Nothing : IDisposable { public void Dispose() { } }").Sources);
}
