using System.Text;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Analyzers.Evolution;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>TT613: what a baseline's text is read as, and that whatever text there is comes to problems with their lines, and to nothing worse.</summary>
public sealed class BaselineFileTests
{
    private const string Whole = """
        # What is on the wire.
        enum color uint8
          0 Red
          *RETIRED* 1 Blue

        task jobs.paint
          queue fast
          idempotent 24h "{wall} {day}"
          delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h
          0 wall guid
          1 color list<color?>
          *RETIRED* 2 day map<string,tuple<int32,order>>?
          result shape

        *RETIRED* task jobs.old
          at-most-once

        type order map
          "first name" string
          last-name string?

        type square array
          0 A int32

        union shape
          0 square
        """;

    public static TheoryData<string, int, string> Broken => new()
    {
        { "<<<<<<< HEAD", 1, "a merge is left unfinished here: '<<<<<<< HEAD'" },
        { "task jobs.run\n=======\n", 2, "a merge is left unfinished here: '======='" },
        { "task jobs.run\n||||||| base", 2, "a merge is left unfinished here: '||||||| base'" },
        { "task jobs.run\n>>>>>>> other", 2, "a merge is left unfinished here: '>>>>>>> other'" },
        { "contract jobs", 1, "'contract' begins no block: expected 'task', 'type', 'enum' or 'union'; what belongs to one is indented" },
        { "task jobs", 1, "expected 'task contract.task', 'type label array', 'type label map', 'enum label int32' or 'union label'" },
        { "task jobs.run v1", 1, "expected 'task contract.task', 'type label array', 'type label map', 'enum label int32' or 'union label'" },
        { "type int32 array", 1, "expected 'task contract.task', 'type label array', 'type label map', 'enum label int32' or 'union label'" },
        { "*RETIRED*", 1, "nothing follows *RETIRED*" },
        { "*RETIRED* type order array", 1, "only a task or an entry is retired; a type that nothing names any more can be deleted" },
        { "  0 a int32", 1, "an indented line belongs to a 'task', 'type', 'enum' or 'union' before it, and there is none" },
        { "task jobs.run\n\n  0 a", 3, "expected '0 name type', 'queue name', 'idempotent', 'at-most-once', 'delivery …' or 'result type'" },
        { "task jobs.run\n  0 a list<int32", 2, "expected '0 name type', 'queue name', 'idempotent', 'at-most-once', 'delivery …' or 'result type'" },
        { "task jobs.run\n  00 a int32", 2, "expected '0 name type', 'queue name', 'idempotent', 'at-most-once', 'delivery …' or 'result type'" },
        { "task jobs.run\n  0 a int32\n  0 b int32", 3, "'0' is given twice" },
        { "task jobs.run\n  0 a int32\n  1 a int32", 3, "'a' has two places" },
        { "task jobs.run\n  0 a int32\n  *RETIRED* 0 b int32", 3, "'0' is given twice" },
        { "task jobs.run\n  queue a b", 2, "expected 'queue name'" },
        { "task jobs.run\n  idempotent soon {id}", 2, "expected 'idempotent', or 'idempotent 24h {key}'" },
        { "task jobs.run\n  delivery retries=3", 2, "expected 'delivery' and some of attempts=5, backoff=1s..5m, limit=30m, expires=none, keep=1h" },
        { "task jobs.run\n  result list<>", 2, "expected 'result type'" },
        { "task jobs.run\n  queue a\n  queue b", 3, "'queue' is given twice" },
        { "task jobs.run\ntask jobs.run", 2, "'jobs.run' is described twice" },
        { "enum a int32\nunion a", 2, "'a' is described twice" },
        { "enum a int32\n  x Red", 2, "expected '0 Name'" },
        { "enum a int32\n  0 Red\n  1 Red", 3, "'Red' has two places" },
        { "type a map\n  0 A int32", 2, "expected 'name type'" },
        { "type a array\n  -1 A int32", 2, "expected '0 name type'" },
        { "union a\n  0 int32", 2, "expected '0 label'" },
        { "type a map\n  \"open string", 2, "a quotation mark is left open" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_line_that_cannot_be_used_is_reported_where_it_is(string text, int line, string problem)
    {
        (int line, string problem)[] problems = [.. Parse(text).Problems.Select(found => (found.Line + 1, found.Problem))];
        Assert.Equal([(line, problem)], problems);
        string[] lines = text.Split('\n');
        lines[line - 1] = $"{{|TT613:{lines[line - 1]}|}}";
        string[] tasks = [.. Parse(text).Tasks.Keys];
        string source = $"[TaskContract] public interface IJobs {{ {(tasks.Contains("jobs.run") ? "[Task] Task RunAsync(int a);" : "")} }}";
        string[] messages = await Verify<BaselineAnalyzer>.MessagesAsync(BaselineCode.Of(source, string.Join("\n", lines)));
        Assert.Contains($"Line {line} of TaskContracts.txt cannot be used: {problem}", messages);
    }

    [Theory]
    [InlineData("{|TT613:<<<<<<< HEAD|}\ntask jobs.gone\n{|TT613:=======|}\ntask jobs.run\n  0 a string\n{|TT613:>>>>>>> other|}")]
    [InlineData("{|TT613:nonsense|}\ntask jobs.run\n  0 a int32")]
    [InlineData("{|TT613:task jobs.run 7|}\n  0 a int32")]
    public Task What_is_reported_of_a_broken_file_is_that(string baseline) =>
        Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs("[Task] Task RunAsync(int a);", baseline));

    [Fact]
    public Task The_lines_that_can_be_read_still_guard() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(string {|TT605:a|}); [Task] Task GoAsync();", "{|TT613:nonsense|}\ntask jobs.run\n  0 a int32"));

    [Fact]
    public void Everything_that_can_be_written_is_read()
    {
        BaselineFile file = Parse(Whole);
        Assert.Empty(file.Problems);
        Assert.Equal(["jobs.paint", "jobs.old"], file.Tasks.Keys);
        Assert.Equal(["color", "order", "square", "shape"], file.Types.Keys);
        BaselineBlock paint = file.Tasks["jobs.paint"];
        Assert.Equal("24h {wall} {day}", paint.Facts["idempotent"].Name);
        Assert.Equal("map<string,tuple<int32,order>>?", paint.Places[2].Type!.ToString());
        Assert.True(paint.Places[2].IsRetired);
        Assert.True(file.Tasks["jobs.old"].IsRetired);
        Assert.Equal(["first name", "last-name"], file.Types["order"].Places.Select(place => place.Key));
    }

    [Fact]
    public void Every_beginning_of_a_file_is_read()
    {
        for (int length = 0; length <= Whole.Length; length++)
        {
            AssertSane(Whole[..length]);
        }
    }

    [Fact]
    public void Random_lines_are_problems_at_worst()
    {
        Random random = new(613);
        string[] words = [.. Whole.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), "\"", "\\", "<", ">", ",", "?", "#", "\t", "\0", "\u2028", "é", "*RETIRED*", "-1", "99999999999999999999999999999999", "<<<<<<<", "list<list<", "=", "\ud800"];
        for (int i = 0; i < 2_000; i++)
        {
            StringBuilder text = new();
            for (int line = random.Next(12); line >= 0; line--)
            {
                text.Append(random.Next(2) == 0 ? "  " : "");
                for (int word = random.Next(5); word >= 0; word--)
                {
                    text.Append(words[random.Next(words.Length)]).Append(random.Next(6) == 0 ? "" : " ");
                }

                text.Append(random.Next(4) == 0 ? "\r\n" : "\n");
            }

            AssertSane(text.ToString());
        }
    }

    [Fact]
    public void A_type_nests_only_so_deep()
    {
        string deep = string.Concat(Enumerable.Repeat("list<", 100_000));
        Assert.Null(WireType.Parse(deep));
        Assert.Null(WireType.Parse(deep + "int32" + new string('>', 100_000)));
    }

    // Every line is understood, or a problem of its own; and edits of what was understood leave the rest as it was.
    private static void AssertSane(string text)
    {
        BaselineFile file = Parse(text);
        Assert.All(file.Problems, problem => Assert.InRange(problem.Line, 0, file.Text.Lines.Count - 1));
        Assert.Equal(file.Problems.Count, file.Problems.Select(problem => problem.Line).Distinct().Count());
        foreach (BaselineBlock block in file.Blocks)
        {
            string changed = BaselineWriter.Apply(text, [new BaselineEdit(EditKind.Retire, block.Address, block.Places.FirstOrDefault() is { } first ? block.IdOf(first) : "", "")]);
            Assert.True(Parse(changed).Blocks.Count >= file.Blocks.Count - 1);
        }
    }

    private static BaselineFile Parse(string text) => BaselineFile.Parse(SourceText.From(text));
}
