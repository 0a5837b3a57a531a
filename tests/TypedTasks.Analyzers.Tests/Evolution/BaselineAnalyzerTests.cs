using TypedTasks.Analyzers.Evolution;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>TT601 to TT613 and TT615 on tasks: what is said of a contract and its baseline, and where. Types are in <see cref="BaselineTypeTests"/>.</summary>
public sealed class BaselineAnalyzerTests
{
    [Fact]
    public Task Without_a_baseline_nothing_is_said() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); }");

    [Theory]
    [InlineData("[Task] Task {|TT601:RunAsync|}(int a);", "")]
    [InlineData("[Task] Task {|TT601:RunAsync|}(int a);", "# nothing but a comment\n")]
    [InlineData("[Task] Task RunAsync(int a);", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, CancellationToken c = default);", "task jobs.run\n  0 a int32")]
    [InlineData("[Task(\"go\")] Task StartAsync(int a);", "task jobs.go\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, int? {|TT601:b|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, int {|TT601:b|} = 3);", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(long {|TT601:a|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int? {|TT601:a|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task, Idempotent] Task {|TT601:RunAsync|}(int a);", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task<int> {|TT601:RunAsync|}();", "task jobs.run")]
    [InlineData("[Task] Task<long> {|TT601:RunAsync|}();", "task jobs.run\n  result int32")]
    public Task What_is_not_listed(string tasks, string baseline) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(tasks, baseline));

    [Theory]
    [InlineData("[Task] Task RunAsync();", "task jobs.run\n{|TT602:task jobs.gone|}\n  0 a int32")]
    [InlineData("[Task] Task RunAsync();", "task jobs.run\n*RETIRED* task jobs.gone\n  0 a int32")]
    [InlineData("[Task] Task RunAsync();", "task jobs.run\n{|TT602:task other.run|}")]
    public Task Tasks_that_are_gone(string tasks, string baseline) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(tasks, baseline));

    [Fact]
    public Task Of_a_contract_that_cannot_be_read_nothing_is_gone() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(
        BaselineCode.Jobs("[Task] void RunAsync();", "task jobs.run\n  0 a int32"));

    [Fact]
    public async Task A_task_that_is_gone_may_have_another_name()
    {
        const string Baseline = "task jobs.charge\n  0 order guid\n  1 amount decimal";
        string[] renamed = await Verify<BaselineAnalyzer>.MessagesAsync(BaselineCode.Jobs("[Task] Task BillAsync(Guid order, decimal amount);", Baseline));
        Assert.Contains(renamed, message => message.Contains("if 'BillAsync' is its new name, keep the old one on the wire by [Task(\"charge\")]", StringComparison.Ordinal));
        string[] moved = await Verify<BaselineAnalyzer>.MessagesAsync(BaselineCode.Of("[TaskContract] public interface IWork { [Task] Task ChargeAsync(Guid order, decimal amount); }", Baseline));
        Assert.Contains(moved, message => message.Contains("if 'IWork' is its contract's new name, keep the old one on the wire by [TaskContract(\"jobs\")]", StringComparison.Ordinal));
        string[] other = await Verify<BaselineAnalyzer>.MessagesAsync(BaselineCode.Jobs("[Task] Task BillAsync(Guid customer);", Baseline));
        Assert.Contains(other, message => message.EndsWith("keep it, or retire this line when nothing of it is left", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Task(Queue = \"slow\")] Task {|TT603:RunAsync|}();", "task jobs.run\n  queue fast")]
    [InlineData("[Task(Queue = \"slow\")] Task {|TT612:RunAsync|}(); [Task(Queue = \"fast\")] Task GoAsync();", "task jobs.go\ntask jobs.run\n  queue fast")]
    [InlineData("[Task(Queue = \"fast\")] Task RunAsync();", "task jobs.run\n  queue fast")]
    [InlineData("[Task] Task RunAsync();", "task jobs.run\n  queue default")]
    public Task Routes(string tasks, string baseline) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(tasks, baseline));

    [Theory]
    [InlineData("[Task] Task RunAsync(int {|TT604:b|}, int {|TT604:a|});", "task jobs.run\n  0 a int32\n  1 b int32")]
    [InlineData("[Task] Task {|TT604:RunAsync|}(int a);", "task jobs.run\n  0 a int32\n  1 b int32")]
    [InlineData("[Task] Task {|TT604:RunAsync|}(int {|TT604:b|});", "task jobs.run\n  0 a int32\n  1 b int32")]
    [InlineData("[Task] Task RunAsync(int x, int {|TT604:a|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(string {|TT604:x|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, int b, int? {|TT601:c|} = null);", "task jobs.run\n  0 a int32\n  1 b int32")]
    [InlineData("[Task] Task RunAsync(int a);", "task jobs.run\n  0 a int32\n  *RETIRED* 1 b int32")]
    public Task Arguments_that_move(string tasks, string baseline) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(tasks, baseline));

    [Theory]
    [InlineData("int {|TT605:a|}", "int64")]
    [InlineData("int {|TT605:a|}", "string")]
    [InlineData("int {|TT605:a|}", "int32?")]
    [InlineData("string {|TT605:a|}", "string?")]
    [InlineData("byte[] {|TT605:a|}", "string")]
    [InlineData("string {|TT605:a|}", "int32")]
    [InlineData("List<int> {|TT605:a|}", "list<int64>")]
    [InlineData("List<int> {|TT605:a|}", "int32")]
    [InlineData("Dictionary<int, string> {|TT605:a|}", "map<string,string>")]
    [InlineData("(int, string) {|TT605:a|}", "tuple<int32,string,int32>")]
    [InlineData("List<string> {|TT605:a|}", "list<string?>")]
    [InlineData("List<string?> {|TT601:a|}", "list<string>")]
    [InlineData("List<int> a", "list<int32>")]
    [InlineData("int[] a", "list<int32>")]
    [InlineData("HashSet<int> a", "list<int32>")]
    [InlineData("int[,] a", "array2<int32>")]
    [InlineData("IReadOnlyDictionary<string, int[]> a", "map<string,list<int32>>")]
    [InlineData("(int, string?) a", "tuple<int32,string?>")]
    [InlineData("KeyValuePair<int, string> a", "tuple<int32,string>")]
    [InlineData("(int A, (string B, int?[] C)? D) a", "tuple<int32,tuple<string,list<int32?>>?>")]
    [InlineData("ReadOnlyMemory<byte> a", "bytes")]
    [InlineData("DateTimeOffset a", "datetimeoffset")]
    [InlineData("string?[]?[] a", "list<list<string?>?>")]
    [InlineData("Dictionary<string, List<(int, Guid?)>?> a", "map<string,list<tuple<int32,guid?>>?>")]
    public Task Types_of_arguments(string parameter, string then) =>
        Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs($"[Task] Task RunAsync({parameter});", $"task jobs.run\n  0 a {then}"));

    [Theory]
    [InlineData("[Task] Task RunAsync(int a, int {|TT606:b|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, string {|TT606:b|});", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, string {|TT601:b|} = \"x\");", "task jobs.run\n  0 a int32")]
    [InlineData("[Task] Task RunAsync(int a, string {|TT607:c|});", "task jobs.run\n  0 a int32\n  *RETIRED* 1 b int32")]
    [InlineData("[Task] Task {|TT607:OldAsync|}();", "*RETIRED* task jobs.old")]
    [InlineData("[Task] Task RunAsync(Guid {|TT615:customer|});", "task jobs.run\n  0 order guid")]
    public Task New_places_and_names(string tasks, string baseline) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(tasks, baseline));

    [Theory]
    [InlineData("[Task] Task<Guid> {|TT608:RunAsync|}();", "int32")]
    [InlineData("[Task] Task {|TT608:RunAsync|}();", "int32")]
    [InlineData("[Task] Task<string?> {|TT601:RunAsync|}();", "string")]
    [InlineData("[Task(KeepOutcome = \"none\")] Task<Guid> {|TT601:RunAsync|}();", "int32")]
    [InlineData("[Task] Task<int> RunAsync();", "int32")]
    public Task Results(string task, string then) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(task, $"task jobs.run\n  result {then}"));

    [Theory]
    [InlineData("[Task]", "idempotent", "TT611")]
    [InlineData("[Task]", "idempotent 24h {id}", "TT611")]
    [InlineData("[Task]", "at-most-once", "TT611")]
    [InlineData("[Task, Idempotent]", "idempotent 24h {id}", "TT611")]
    [InlineData("[Task, Idempotent(Key = \"{id}:{day}\")]", "idempotent 24h {id}", "TT611")]
    [InlineData("[Task, Idempotent(Key = \"{id}\", Window = \"1h\")]", "idempotent 24h {id}", "TT611")]
    [InlineData("[Task, Idempotent(Key = \"{id}\", Window = \"2d\")]", "idempotent 24h {id}", "TT612")]
    [InlineData("[Task, Idempotent(Key = \"{id}\")]", "idempotent", "TT612")]
    [InlineData("[Task, Idempotent]", "at-most-once", "TT612")]
    [InlineData("[Task, Idempotent(Key = \"{id}\", Window = \"1d\")]", "idempotent 24h {id}", null)]
    [InlineData("[Task, Idempotent(Key = \"id\")]", "idempotent 24h {id}", null)]
    [InlineData("[Task, Idempotent(Key = \"{id} {day}\")]", "idempotent 24h \"{id} {day}\"", null)]
    [InlineData("[Task, AtMostOnce]", "at-most-once", null)]
    public Task Promises(string attributes, string then, string? rule) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        $"{attributes} Task {(rule is null ? "RunAsync" : $"{{|{rule}:RunAsync|}}")}(Guid id, int day);",
        $"task jobs.run\n  {then}\n  0 id guid\n  1 day int32"));

    [Fact]
    public Task The_name_of_a_parameter_is_no_part_of_a_key() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task, Idempotent(Key = \"{order}\")] Task RunAsync(Guid {|TT615:order|});", "task jobs.run\n  idempotent 24h {id}\n  0 id guid"));

    [Theory]
    [InlineData("MaxAttempts = 30", "attempts=3", "TT612")]
    [InlineData("TimeLimit = \"2s\"", "limit=1m", "TT612")]
    [InlineData("TimeLimit = \"none\"", "limit=30m", "TT612")]
    [InlineData("Backoff = \"1s..1m\"", "backoff=1s..5m", "TT612")]
    [InlineData("MaxAttempts = 5", "attempts=5 backoff=1000ms..300s limit=1800s expires=none keep=60m", null)]
    [InlineData("Backoff = \"3s\"", "backoff=3s", null)]
    public Task Policies(string argument, string then, string? rule) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        $"[Task({argument})] Task {(rule is null ? "RunAsync" : $"{{|{rule}:RunAsync|}}")}();", $"task jobs.run\n  delivery {then}"));

    [Fact]
    public async Task A_task_that_is_inherited_is_of_the_contract_that_declares_it() => await Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Of(
        "[TaskContract] public interface IBase { [Task] Task RunAsync(long {|TT605:a|}); } [TaskContract] public interface IMore : IBase { [Task] Task GoAsync(); }",
        "task base.run\n  0 a guid\n\ntask more.go\n"));

    [Fact]
    public Task Only_the_first_of_two_baselines_counts() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["[TaskContract] public interface IJobs { [Task] Task RunAsync(); }"],
        AdditionalFiles = new Dictionary<string, string> { ["a/TaskContracts.txt"] = "task jobs.run\n", ["b/TaskContracts.txt"] = "{|TT613:|}nonsense" },
    });
}
