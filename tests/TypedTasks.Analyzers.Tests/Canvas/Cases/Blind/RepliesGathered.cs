// One of several links behind a step returns something else than the others.
namespace Support;

[TaskContract]
public interface ISupport
{
    [Task, Idempotent] ValueTask<string> ReadAsync(Guid ticket);
    [Task, Idempotent] ValueTask<string> TranslateAsync(string text, string language);
    [Task, Idempotent] ValueTask<double> RateAsync(string text);
    [Task, Idempotent] ValueTask FlagAsync(string text);
    [Task, Idempotent] ValueTask CloseAsync(IEnumerable<string> texts, Guid ticket);
}

public static class Tickets
{
    public static TaskChain<NoResult> Rated(Guid ticket) => Canvas.Chain(SupportTasks.Read(ticket))
        .ThenGroup(SupportTasks.TranslateLink("de"), {|TT802:SupportTasks.RateLink()|})
        .Join(JoinOn.AllEnded, SupportTasks.CloseLink(ticket));

    public static TaskChain<NoResult> Flagged(Guid ticket) => Canvas.Chain(SupportTasks.Read(ticket))
        .ThenGroup(
            SupportTasks.TranslateLink("de"),
            SupportTasks.TranslateLink("fr"),
            {|TT803:SupportTasks.FlagLink()|})
        .Join(JoinOn.AllEnded, SupportTasks.CloseLink(ticket));

    public static TaskChain<NoResult> Translated(Guid ticket, params string[] languages) => Canvas.Chain(SupportTasks.Read(ticket))
        .ThenGroup([.. languages.Select(language => SupportTasks.TranslateLink(language))])
        .Join(JoinOn.AllEnded, SupportTasks.CloseLink(ticket));
}
