using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Canvas;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Canvas;

namespace TypedTasks.Analyzers.Tests.Canvas;

/// <summary>TT8xx: canvases that do not compile, and why.</summary>
public sealed class CanvasAnalyzerTests
{
    private const string Contract = """
        public enum Size { Small, Large }

        public record Animal([property: MessagePack.Key(0)] string Name);

        [TaskContract]
        public interface IJobs
        {
            [Task] ValueTask<int> CountAsync(Guid tenant);
            [Task] ValueTask<int> DoubleAsync(int count, int times = 2);
            [Task] ValueTask<long> WidenAsync(long count);
            [Task] ValueTask<Guid> FindAsync(string name);
            [Task] ValueTask<string> NameAsync(Guid tenant);
            [Task] ValueTask<string?> NickAsync(Guid tenant);
            [Task] ValueTask<(int Rows, int Pages)> SizeAsync(Guid tenant);
            [Task] ValueTask<int> PagesAsync((int, int) size);
            [Task] ValueTask<int?> MaybeAsync(int? count);
            [Task] ValueTask<Size> MeasureAsync(Size size);
            [Task] ValueTask MailAsync(Guid tenant, string text);
            [Task] ValueTask FireAsync(int count);
            [Task] ValueTask StopAsync();
            [Task] ValueTask<int> SumAsync(int[] counts);
            [Task] ValueTask<int> SumListAsync(List<int> counts);
            [Task] ValueTask<int> SumReadOnlyAsync(IReadOnlyList<int> counts);
            [Task] ValueTask<int> SumAnyAsync(IEnumerable<int> counts, string label = "");
            [Task] ValueTask<int> SumSetAsync(HashSet<int> counts);
            [Task] ValueTask<int> SumFixedAsync(System.Collections.Immutable.ImmutableArray<int> counts);
            [Task] ValueTask<int> SumCollectionAsync(IReadOnlyCollection<int> counts);
            [Task] ValueTask<string> ConcatAsync(string[] names);
        }
        """;

    [Theory]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.NameLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.MailLink(\"text\")|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.WidenLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.MaybeLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.MeasureLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.SumLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(link: {|TT801:JobsTasks.NameLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(({|TT801:JobsTasks.NameLink()|}));")]
    [InlineData("TaskChain<string> chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.NameLink()|});")]
    [InlineData("var start = Canvas.Chain(JobsTasks.Count(id)); var link = JobsTasks.NameLink(); var chain = start.Then({|TT801:link|});")]
    [InlineData("TaskChain<int>? start = Canvas.Chain(JobsTasks.Count(id)); var chain = start?.Then({|TT801:JobsTasks.NameLink()|});")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.NameLink()|}));")]
    [InlineData("var link = JobsTasks.NameLink().Then({|TT801:JobsTasks.DoubleLink()|});")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup(JobsTasks.CountLink(), {|TT801:JobsTasks.DoubleLink(3)|});")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup({|TT801:JobsTasks.DoubleLink(3)|}, {|TT801:JobsTasks.DoubleLink(4)|});")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup([{|TT801:JobsTasks.DoubleLink(3)|}, JobsTasks.CountLink()]);")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup({|TT801:Enumerable.Range(2, 3).Select(times => JobsTasks.DoubleLink(times))|});")]
    [InlineData("var links = new[] { JobsTasks.DoubleLink(3) }; var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup({|TT801:links|});")]
    [InlineData("var all = new[] { id }.Select(each => Canvas.Chain(JobsTasks.Count(each)).Then({|TT801:JobsTasks.NameLink()|}));")]
    [InlineData("var chain = Canvas.Group(JobsTasks.Count(id)).Join(JoinOn.AllEnded, JobsTasks.SumLink()).Then({|TT801:JobsTasks.NameLink()|});")]
    [InlineData("var chain = Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.NameLink()|});")]
    [InlineData("""
        var chain = Canvas
            .Chain(JobsTasks.Find("a"))
            .Then(JobsTasks.CountLink())
            // here
            .Then({|TT801:JobsTasks.NameLink()|})
            .Then(JobsTasks.FindLink());
        """)]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.DoubleLink()).Then(JobsTasks.Name(id)).Then(JobsTasks.FindLink());")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Nick(id)).Then(JobsTasks.FindLink());")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Nick(id)).Then(link: JobsTasks.FindLink(), 1);")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Size(id)).Then(JobsTasks.PagesLink());")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Size(id)).Then(JobsTasks.PagesLink(), 1);")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(Canvas.Group(JobsTasks.Name(id)));")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then({|TT801:JobsTasks.NameLink(1)|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.MissingLink());")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then();")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(null!);")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(\"name\");")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Missing(id)).Then(JobsTasks.NameLink());")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.")]
    public Task Links(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.DoubleLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.ConcatLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.SumSetLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.SumFixedLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.SumCollectionLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, {|TT802:JobsTasks.NameLink()|});")]
    [InlineData("var chain = Group(2).Join(link: {|TT802:JobsTasks.DoubleLink()|}, when: JoinOn.AllEnded);")]
    [InlineData("var chain = Group(2).Join({|TT802:JobsTasks.DoubleLink()|});")]
    [InlineData("var one = JobsTasks.DoubleLink(3); var chain = Group(2).Join(JoinOn.AllEnded, {|TT802:one|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup(JobsTasks.CountLink()).Join(JoinOn.AllEnded, {|TT802:JobsTasks.DoubleLink()|});")]
    [InlineData("var group = Canvas.Group(Canvas.Chain(JobsTasks.Count(id)), {|TT802:Canvas.Chain(JobsTasks.Name(id))|});")]
    [InlineData("var group = Canvas.Group(JobsTasks.Count(id), {|TT802:JobsTasks.Name(id)|});")]
    [InlineData("var group = Canvas.Group([JobsTasks.Count(id), {|TT802:JobsTasks.Name(id)|}]);")]
    [InlineData("var group = Canvas.Group(new[] { JobsTasks.Count(id), {|TT802:JobsTasks.Name(id)|} });")]
    [InlineData("var group = Canvas.Group({|TT802:JobsTasks.Count(id)|}, JobsTasks.Double(1));")]
    [InlineData("var group = Canvas.Group({|TT802:JobsTasks.Count(id)|}, Canvas.Chain(JobsTasks.Double(1)));")]
    [InlineData("var group = Canvas.Group(Canvas.Chain(JobsTasks.Double(1)), {|TT802:JobsTasks.Count(id)|});")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Group(JobsTasks.Count(id), {|TT802:JobsTasks.Name(id)|}).Join(JoinOn.AllEnded, JobsTasks.SumLink()));")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Find(\"a\")).ThenGroup(JobsTasks.CountLink(), {|TT802:JobsTasks.NameLink()|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, JobsTasks.SumLink()).Then(JobsTasks.DoubleLink());")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, JobsTasks.SumListLink());")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllSucceeded, JobsTasks.SumReadOnlyLink());")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllEnded, JobsTasks.SumAnyLink(\"all\"));")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllEnded, JobsTasks.Double(1));")]
    [InlineData("var chain = Group(2).Join(JobsTasks.SumLink());")]
    [InlineData("var chain = Group(2).Join(JobsTasks.SumListLink(), JoinOn.AllEnded);")]
    [InlineData("var chain = Canvas.Group(Canvas.Chain(JobsTasks.Nick(id)), Canvas.Chain(JobsTasks.Name(id))!);")]
    [InlineData("var group = Canvas.Group(JobsTasks.Count(id), JobsTasks.Count(id));")]
    [InlineData("var group = Canvas.Group(Canvas.Chain(JobsTasks.Count(id)), Canvas.Chain(JobsTasks.Double(1)));")]
    [InlineData("var group = Canvas.Group<int>(Array.Empty<TaskChain<int>>());")]
    [InlineData("var group = Canvas.Group();")]
    [InlineData("var group = Canvas.Group(JobsTasks.Count(id), JobsTasks.Missing(id));")]
    [InlineData("var group = Canvas.Group(JobsTasks.Count(id), ")]
    [InlineData("string.Join(1, JobsTasks.DoubleLink()); var joined = new[] { 1 }.Join(JobsTasks.DoubleLink());")]
    public Task Joins(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Fire(1)).Then({|TT803:JobsTasks.DoubleLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.FireLink()).Then({|TT803:JobsTasks.DoubleLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Stop()).Then({|TT803:JobsTasks.SumLink()|});")]
    [InlineData("var link = JobsTasks.FireLink().Then({|TT803:JobsTasks.DoubleLink()|});")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Stop()).ThenGroup({|TT803:JobsTasks.DoubleLink(2)|}, {|TT803:JobsTasks.DoubleLink(3)|});")]
    [InlineData("var chain = Canvas.Group(JobsTasks.Fire(1), JobsTasks.Fire(2)).Join(JoinOn.AllSucceeded, {|TT803:JobsTasks.SumLink()|});")]
    [InlineData("var chain = Canvas.Group(JobsTasks.Fire(1), JobsTasks.Fire(2)).Join(JoinOn.AllEnded, link: {|TT803:JobsTasks.DoubleLink()|});")]
    [InlineData("TaskGroup<NoResult> group = Canvas.Group(JobsTasks.Fire(1)); var link = JobsTasks.SumListLink(); var chain = group.Join(JoinOn.AllEnded, {|TT803:link|});")]
    [InlineData("var group = Canvas.Group({|TT803:JobsTasks.Fire(1)|}, JobsTasks.Count(id));")]
    [InlineData("var group = Canvas.Group(Canvas.Chain(JobsTasks.Count(id)), {|TT803:Canvas.Chain(JobsTasks.Fire(1))|});")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Count(id)).ThenGroup(JobsTasks.DoubleLink(), {|TT803:JobsTasks.FireLink()|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Fire(1)).Then(JobsTasks.Double(1)).Then(JobsTasks.FireLink());")]
    [InlineData("var chain = Canvas.Group(JobsTasks.Fire(1), JobsTasks.Fire(2)).Join(JoinOn.AllSucceeded, JobsTasks.Sum([1]));")]
    [InlineData("var group = Canvas.Chain(JobsTasks.Stop()).Then(Canvas.Group(JobsTasks.Fire(1), JobsTasks.Fire(2)));")]
    [InlineData("var chain = Canvas.Group(Canvas.Chain(JobsTasks.Fire(1)), Canvas.Chain(JobsTasks.Stop())).Join(JoinOn.AllEnded, JobsTasks.Stop());")]
    public Task Absent_results(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var chain = Canvas.Chain({|TT804:JobsTasks.DoubleLink()|});")]
    [InlineData("var chain = Canvas.Chain({|TT804:JobsTasks.DoubleLink()|}).Then(JobsTasks.DoubleLink()).Then(JobsTasks.NameLink());")]
    [InlineData("var link = JobsTasks.MailLink(\"text\"); var chain = Canvas.Chain(call: {|TT804:link|});")]
    [InlineData("var group = Canvas.Group({|TT804:JobsTasks.DoubleLink(1)|}, {|TT804:JobsTasks.DoubleLink(2)|});")]
    [InlineData("var group = Canvas.Group(JobsTasks.Double(1), {|TT804:JobsTasks.DoubleLink(2)|});")]
    [InlineData("var group = Canvas.Group(Canvas.Chain(JobsTasks.Double(1)), {|TT804:JobsTasks.FireLink()|});")]
    [InlineData("var group = Canvas.Group({|TT804:Enumerable.Range(1, 3).Select(times => JobsTasks.DoubleLink(times))|});")]
    [InlineData("var group = Canvas.Group([{|TT804:JobsTasks.DoubleLink(1)|}, .. {|TT804:new List<TaskLink<int, int>>()|}]);")]
    [InlineData("await jobs.EnqueueAsync({|TT804:JobsTasks.DoubleLink()|});")]
    [InlineData("await jobs.EnqueueAsync({|TT804:JobsTasks.DoubleLink()|}, EnqueueOptions.In(TimeSpan.FromSeconds(1)));")]
    [InlineData("await jobs.EnqueueManyAsync(new[] { {|TT804:JobsTasks.DoubleLink()|} });")]
    [InlineData("await jobs.EnqueueManyAsync([{|TT804:JobsTasks.DoubleLink()|}]);")]
    [InlineData("int sum = await jobs.InvokeAsync({|TT804:JobsTasks.DoubleLink()|});")]
    [InlineData("await canvas.EnqueueAsync({|TT804:JobsTasks.DoubleLink()|});")]
    [InlineData("await canvas.EnqueueAsync({|TT804:JobsTasks.DoubleLink().Then(JobsTasks.FireLink())|}, default, default);")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain({|TT804:JobsTasks.DoubleLink()|}));")]
    [InlineData("var chain = Canvas.Chain({|TT804:JobsTasks.Double|});")]
    [InlineData("var chain = Canvas.Chain({|TT804:JobsTasks.DoubleLink|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Double(1)).Then({|TT804:JobsTasks.DoubleLink|});")]
    [InlineData("var chain = Canvas.Chain(JobsTasks.Double(1)).ThenGroup(JobsTasks.DoubleLink(), {|TT804:JobsTasks.DoubleLink|});")]
    [InlineData("var chain = Group(2).Join(JoinOn.AllEnded, {|TT804:JobsTasks.SumLink|});")]
    [InlineData("var group = Canvas.Group({|TT804:JobsTasks.Stop|}, JobsTasks.Stop());")]
    [InlineData("Canvas.Chain(JobsTasks.Double(1)).Then(JobsTasks.DoubleLink());")]
    [InlineData("var link = JobsTasks.DoubleLink().Then(JobsTasks.FireLink()); Keep(link);")]
    [InlineData("await jobs.EnqueueAsync(JobsTasks.Double(1), JobsTasks.Double(1));")]
    [InlineData("await canvas.EnqueueAsync(JobsTasks.Double(1));")]
    [InlineData("Keep(JobsTasks.DoubleLink(), 1); Enqueue(JobsTasks.DoubleLink(), 1); EnqueueAsync(JobsTasks.DoubleLink(), 1);")]
    [InlineData("Canvas.Chain(nameof(JobsTasks.Double)); Canvas.Chain(Keep); Canvas.Chain(id.ToString);")]
    [InlineData("await jobs.EnqueueAsync(")]
    public Task Unbound_parameters(string body) => VerifyAsync(body);

    [Fact]
    public Task A_field_and_a_property_are_looked_at_too() => Verify<CanvasAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        AllowErrors = true,
        Sources =
        [
            """
            public class Client
            {
                private readonly TaskChain<string> _chain = Canvas.Chain(JobsTasks.Count(default)).Then({|TT801:JobsTasks.NameLink()|});

                public TaskChain<int> Chain => Canvas.Chain({|TT804:JobsTasks.DoubleLink()|});

                public TaskChain<T> After<T>(TaskChain<T> before, TaskLink<T, T> link, TaskLink<int, T> other) => before.Then(link).Then({|TT801:other|});
            }
            """,
            Contract,
        ],
    });

    [Fact]
    public Task Contracts_of_another_assembly_are_known() => Verify<CanvasAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        AllowErrors = true,
        References =
        [
            Compilations.Reference("Shared", """
                namespace Shared;

                public record Page<T>([property: MessagePack.Key(0)] T Value);

                public interface IBase<T>
                {
                    [Task] ValueTask<Page<T>> ReadAsync(Page<T> page);
                }

                [TaskContract]
                public interface IPages
                {
                    [Task] ValueTask<Page<int>> ReadAsync(Page<int> page);
                    [Task] ValueTask<Page<string>> PrintAsync(Page<string> page);
                    [Task] ValueTask<int> SumAsync(IReadOnlyList<Page<int>> pages);
                }
                """),
        ],
        Sources =
        [
            """
            using Shared;

            public class Client
            {
                public object One => Canvas.Chain(PagesTasks.Read(new(1))).Then({|TT801:PagesTasks.PrintLink()|});
                public object Two => Canvas.Group(PagesTasks.Print(new("1"))).Join(JoinOn.AllEnded, {|TT802:PagesTasks.SumLink()|});
                public object Three => Canvas.Chain(PagesTasks.Read(new(1))).Then(PagesTasks.ReadLink()).ThenGroup(PagesTasks.ReadLink()).Join(JoinOn.AllEnded, PagesTasks.SumLink());
            }
            """,
        ],
    });

    [Theory]
    [InlineData(
        "Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.MailLink(\"text\"));",
        "'MailLink' takes 'Guid' first, and 'Count' returns 'int': the result's bytes are passed on as they are, so the types must be the same; change one of the tasks, or put one between them that makes 'Guid' of 'int'")]
    [InlineData(
        "Canvas.Chain(JobsTasks.Find(\"a\")).Then(JobsTasks.CountLink()).Then(JobsTasks.WidenLink().Then(JobsTasks.WidenLink()));",
        "'WidenLink' takes 'long' first, and 'CountLink' returns 'int', which nothing converts: the result's bytes are passed on as they are, so the types must be the same; change one of the tasks, or put one between them that makes 'long' of 'int'")]
    [InlineData(
        "TaskChain<Other.Animal> before = null!; before.Then((TaskLink<Animal, int>)null!);",
        "The link takes 'Animal' first, and 'before' returns 'Other.Animal': the result's bytes are passed on as they are, so the types must be the same; change one of the tasks, or put one between them that makes 'Animal' of 'Other.Animal'")]
    [InlineData(
        "Group(2).Join(JoinOn.AllEnded, JobsTasks.DoubleLink());",
        "'DoubleLink' takes 'int' first, and a join passes on the results of all members, each 'int'; let it take 'int[]', 'List<int>', 'IReadOnlyList<int>' or 'IEnumerable<int>'")]
    [InlineData(
        "Canvas.Group(JobsTasks.Count(id), JobsTasks.Name(id));",
        "'Name' returns 'string', and another member of the group 'int'; the results of a group are one list: change one of the tasks, or let a chain make 'int' of 'string'")]
    [InlineData(
        "Canvas.Group(JobsTasks.Count(id), JobsTasks.Double(1));",
        "'Count' is a call among calls of other tasks, or chains; begin a chain with each: Canvas.Group(Canvas.Chain(…), Canvas.Chain(…))")]
    [InlineData(
        "Canvas.Chain(JobsTasks.Stop()).Then(JobsTasks.MailLink(\"text\"));",
        "'MailLink' takes 'Guid' first, and 'Stop' returns nothing; go on with the call that has all its arguments, 'Mail(…)', or let 'Stop' return 'Guid'")]
    [InlineData(
        "Canvas.Group(JobsTasks.Fire(1)).Join(JoinOn.AllEnded, JobsTasks.SumLink());",
        "'SumLink' takes 'int[]' first, and the members of the group return nothing; join with the call that has all its arguments, 'Sum(…)', or let the members return what it takes")]
    [InlineData(
        "Canvas.Group(Canvas.Chain(JobsTasks.Count(id)), Canvas.Chain(JobsTasks.Count(id)).Then(JobsTasks.FireLink()));",
        "'FireLink' returns nothing, and other members of the group 'int'; let it return 'int', or enqueue it beside the group")]
    [InlineData(
        "Canvas.Chain(JobsTasks.DoubleLink());",
        "'DoubleLink' lacks its first argument, and there is no step before it that returns one; pass the call with all its arguments, 'Double(…)'")]
    [InlineData(
        "Canvas.Group(Enumerable.Range(1, 3).Select(times => JobsTasks.DoubleLink(times)));",
        "The link lacks its first argument, and there is no step before it that returns one; pass the call with all its arguments")]
    [InlineData("Canvas.Chain(JobsTasks.Double);", "'Double' is named here and not called; call it with its arguments, 'Double(…)'")]
    [InlineData("Canvas.Chain(JobsTasks.DoubleLink);", "'DoubleLink' is named here and not called; call it with its arguments, 'Double(…)'")]
    [InlineData("Canvas.Chain(JobsTasks.Double(1)).Then(JobsTasks.DoubleLink);", "'DoubleLink' is named here and not called; call it with its arguments, 'DoubleLink(…)'")]
    public async Task It_is_told_what_to_do(string body, string message) =>
        Assert.Equal([message], await Verify<CanvasAnalyzer>.MessagesAsync(Code(body)));

    [Fact]
    public Task What_is_named_is_called() => Verify<CanvasAnalyzer, CalledFix>.VerifyCodeFixAsync(
        Code("""
            var chain = Canvas.Chain(JobsTasks.Double(1))
                        .Then(JobsTasks.DoubleLink /* here */)
                        .Then(JobsTasks.DoubleLink(3));
                    var other = Canvas.Chain(JobsTasks.Stop);
            """),
        Code("""
            var chain = Canvas.Chain(JobsTasks.Double(1))
                        .Then(JobsTasks.DoubleLink() /* here */)
                        .Then(JobsTasks.DoubleLink(3));
                    var other = Canvas.Chain(JobsTasks.Stop());
            """).Sources);

    [Theory]
    [InlineData("Canvas.Chain(JobsTasks.DoubleLink());")]
    [InlineData("Canvas.Chain(JobsTasks.DoubleLink);")]
    [InlineData("Canvas.Chain(JobsTasks.Double);")]
    [InlineData("Canvas.Chain(JobsTasks.Find(\"a\")).Then(JobsTasks.MailLink);")]
    public Task What_its_arguments_should_be_is_not_known(string body) => Verify<CanvasAnalyzer, CalledFix>.VerifyNoCodeFixAsync(Code(body));

    [Fact]
    public Task A_chain_is_begun_with_each_call() => Verify<CanvasAnalyzer, ChainEachFix>.VerifyCodeFixAsync(
        Code("""
            var one = Canvas.Group(
                        JobsTasks.Count(id), // first
                        Canvas.Chain(JobsTasks.Double(1)),
                        JobsTasks.Double(2));
                    var two = TypedTasks.Canvas.Group([JobsTasks.Count(id), JobsTasks.Double(1)]).Join(JoinOn.AllEnded, JobsTasks.SumLink());
            """),
        Code("""
            var one = Canvas.Group(
                        Canvas.Chain(JobsTasks.Count(id)), // first
                        Canvas.Chain(JobsTasks.Double(1)),
                        Canvas.Chain(JobsTasks.Double(2)));
                    var two = TypedTasks.Canvas.Group([TypedTasks.Canvas.Chain(JobsTasks.Count(id)), TypedTasks.Canvas.Chain(JobsTasks.Double(1))]).Join(JoinOn.AllEnded, JobsTasks.SumLink());
            """).Sources);

    [Theory]
    [InlineData("Canvas.Group(JobsTasks.Count(id), JobsTasks.Name(id));")]
    [InlineData("Canvas.Group([JobsTasks.Double(1), .. new[] { id }.Select(each => JobsTasks.Count(each))]);")]
    public Task Another_result_stays_another(string body) => Verify<CanvasAnalyzer, ChainEachFix>.VerifyNoCodeFixAsync(Code(body));

    /// <summary>Whoever types a canvas that is right is told nothing on the way, but that a method is not called yet.</summary>
    [Fact]
    public async Task A_canvas_is_typed_in_peace()
    {
        string whole = Assert.Single(Code("""
            var start = Canvas.Chain(JobsTasks.Find("a")).Then(JobsTasks.CountLink().Then(JobsTasks.DoubleLink(3)));
            var group = Canvas.Group(Canvas.Chain(JobsTasks.Count(id)), start, Canvas.Chain(JobsTasks.Double(1)));
            var joined = group.Join(link: JobsTasks.SumAnyLink("all"), when: JoinOn.AllEnded).ThenGroup([JobsTasks.DoubleLink(), JobsTasks.DoubleLink(times: 2)]);
            await canvas.EnqueueAsync(joined?.Join(JoinOn.AllSucceeded, JobsTasks.SumLink()).Then(JobsTasks.Stop())!, EnqueueOptions.In(TimeSpan.FromSeconds(1)));
            await jobs.EnqueueManyAsync(new[] { JobsTasks.Double(1), JobsTasks.Double(2) });
            """).Sources.Take(1));
        Assert.Empty(Compilations.Errors(Compiled(whole)));
        int begin = whole.IndexOf("var start", StringComparison.Ordinal);
        int end = whole.IndexOf("private static", StringComparison.Ordinal);
        int[] places = [.. CSharpSyntaxTree.ParseText(whole).GetRoot().DescendantTokens().Select(token => token.SpanStart).Where(place => place > begin && place < end).Where((_, index) => index % 2 == 0)];
        Assert.True(places.Length > 80);
        await Parallel.ForEachAsync(places, TestContext.Current.CancellationToken, async (place, _) =>
        {
            string prefix = whole[..place];
            ImmutableArray<Diagnostic> found = await Analysis.RunAsync(Compiled(prefix), [new CanvasAnalyzer()]);
            Assert.True(found.All(one => one.Id == RuleIds.UnboundParameters && one.GetMessage(CultureInfo.InvariantCulture).Contains("not called", StringComparison.Ordinal)), $"{string.Join('\n', found)}\n{prefix}");
        });

        static CSharpCompilation Compiled(string source) => Compilations.Generate(Compilations.Create([Compilations.Parse(source, "Source0.cs"), Compilations.Parse(Contract, "Source1.cs")]));
    }

    private static Task VerifyAsync(string body) => Verify<CanvasAnalyzer>.VerifyAnalyzerAsync(Code(body));

    private static TestCode Code(string body) => new()
    {
        AllowErrors = true,
        Sources =
        [
            $$"""
            using static TypedTasks.Canvas;

            public class Client(ITaskClient<IJobs> jobs, ITaskCanvas canvas)
            {
                public async Task RunAsync(Guid id)
                {
                    {{body}}
                }

                private static TaskGroup<int> Group(int count) => Canvas.Group(Enumerable.Range(0, count).Select(each => JobsTasks.Count(default)));

                private static void Keep(TaskLink<int, NoResult> link) { }

                private static void EnqueueAsync(TaskLink<int, int> link) { }

                public override string ToString() => $"{jobs}{canvas}";
            }
            """,
            Contract,
            "namespace Other { public record Animal(string Name); }",
        ],
    };
}
