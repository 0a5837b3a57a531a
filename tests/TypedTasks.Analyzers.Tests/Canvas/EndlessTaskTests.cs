using TypedTasks.Analyzers.Canvas;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Canvas;

/// <summary>TT806: tasks that never end.</summary>
public sealed class EndlessTaskTests
{
    private const string Contract = """
        [TaskContract]
        public interface IFeeds
        {
            [Task] ValueTask RefreshAsync(Guid feed, int page);
            [Task] ValueTask OtherAsync(Guid feed);
            [Task, Idempotent(Key = "{feed}")] ValueTask KeyedAsync(Guid feed);
            [Task("refresh-all")] ValueTask RefreshAsync();
        }
        """;

    [Theory]
    [InlineData("await {|TT806:feeds.RefreshAsync(feed, page)|};")]
    [InlineData("await Task.Yield(); var handle = await {|TT806:feeds.RefreshAsync(feed, page + 1)|}.ConfigureAwait(false); Console.WriteLine(handle.Id);")]
    [InlineData("var id = (await {|TT806:feeds.RefreshAsync(feed, page)|}).Id;")]
    [InlineData("await {|TT806:feeds.EnqueueAsync(FeedsTasks.Refresh(feed, page))|};")]
    [InlineData("await {|TT806:feeds.RefreshAsync(feed, page, default)|};")]
    [InlineData("await {|TT806:feeds.Remote.RefreshAsync(feed, page)|};")]
    [InlineData("await Task.WhenAll({|TT806:feeds.RefreshAsync(feed, page)|}.AsTask());")]
    [InlineData("try { await Task.Yield(); } finally { await {|TT806:feeds.RefreshAsync(feed, page)|}; }")]
    [InlineData("using (var file = new System.IO.MemoryStream()) { await {|TT806:feeds.RefreshAsync(feed, page)|}; }")]
    [InlineData("if (page > 1) { Console.WriteLine(page); } await {|TT806:feeds.RefreshAsync(feed, page)|}; return;")]
    [InlineData("foreach (char c in \"ab\") { if (c == 'a') { continue; } } await {|TT806:feeds.RefreshAsync(feed, page)|};")]
    [InlineData("await feeds.OtherAsync(feed);")]
    [InlineData("await feeds.RefreshAsync();")]
    [InlineData("if (page > 0) { await feeds.RefreshAsync(feed, page - 1); }")]
    [InlineData("if (page == 0) { return; } await feeds.RefreshAsync(feed, page - 1);")]
    [InlineData("if (page == 0) { throw new InvalidOperationException(); } await feeds.RefreshAsync(feed, page - 1);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNegative(page); await feeds.RefreshAsync(feed, page - 1);")]
    [InlineData("int next = page > 0 ? page - 1 : throw new InvalidOperationException(); await feeds.RefreshAsync(feed, next);")]
    [InlineData("while (page-- > 0) { await feeds.RefreshAsync(feed, page); }")]
    [InlineData("switch (page) { case > 0: await feeds.RefreshAsync(feed, page - 1); break; }")]
    [InlineData("var next = page > 0 ? await feeds.RefreshAsync(feed, page - 1) : default;")]
    [InlineData("bool more = page > 0 && (await feeds.RefreshAsync(feed, page - 1)).IsDuplicate;")]
    [InlineData("try { await Task.Yield(); } catch (TimeoutException) { await feeds.RefreshAsync(feed, page); }")]
    [InlineData("Func<Task> later = async () => await feeds.RefreshAsync(feed, page); await Task.Yield();")]
    [InlineData("await Task.Yield(); async Task Later() => await feeds.RefreshAsync(feed, page);")]
    [InlineData("ITaskClient<IFeeds>? maybe = null; await (maybe?.RefreshAsync(feed, page) ?? default);")]
    [InlineData("await feeds.RefreshAsync(feed, page, EnqueueOptions.In(TimeSpan.FromMinutes(1)));")]
    [InlineData("await feeds.EnqueueAsync(FeedsTasks.Refresh(feed, page), EnqueueOptions.WithId(TaskId.New()));")]
    [InlineData("await Task.Delay(1000); await feeds.RefreshAsync(feed, page);")]
    [InlineData("await feeds.EnqueueManyAsync(Enumerable.Range(0, page).Select(each => FeedsTasks.Refresh(feed, each)));")]
    public Task A_handler(string body) => VerifyAsync($"public async ValueTask RefreshAsync(Guid feed, int page) {{ {body} }} {Others}");

    [Theory]
    [InlineData("public ValueTask RefreshAsync(Guid feed, int page) => new(feeds.RefreshAsync(feed, page).AsTask()); ")]
    [InlineData("async ValueTask IFeeds.RefreshAsync(Guid feed, int page) => await {|TT806:feeds.RefreshAsync(feed, page)|};")]
    [InlineData("public async ValueTask RefreshAsync(Guid feed, int page) => await AgainAsync(feed, page); private async ValueTask AgainAsync(Guid feed, int page) => await feeds.RefreshAsync(feed, page);")]
    [InlineData("public async ValueTask RefreshAsync(Guid feed, int page) => await Task.Yield(); public async ValueTask NoTaskAsync(Guid feed) => await feeds.RefreshAsync(feed, 1);")]
    public Task A_handler_of_another_form(string members) => VerifyAsync($"{members} {Others}");

    [Fact]
    public Task A_task_that_completes_once_for_its_key() => VerifyAsync("""
        public ValueTask RefreshAsync(Guid feed, int page) => default;
        public ValueTask RefreshAsync() => default;
        public ValueTask OtherAsync(Guid feed) => default;
        public async ValueTask KeyedAsync(Guid feed) => await feeds.KeyedAsync(feed);
        """);

    private const string Others = "public ValueTask RefreshAsync() => default; public ValueTask OtherAsync(Guid feed) => default; public ValueTask KeyedAsync(Guid feed) => default;";

    private static Task VerifyAsync(string members) =>
        Verify<EndlessTaskAnalyzer>.VerifyAnalyzerAsync($$"""public sealed class FeedWorker(ITaskClient<IFeeds> feeds) : IFeeds { {{members}} }""", Contract);
}
