// A score may be missing; who takes one as a bare number is not given it. A text that may be null is a text.
namespace Scores;

[TaskContract]
public interface IScores
{
    [Task, Idempotent] ValueTask<int?> FindAsync(Guid player);
    [Task, Idempotent] ValueTask RankAsync(int score, Guid player);
    [Task, Idempotent] ValueTask RankIfAnyAsync(int? score, Guid player);
    [Task, Idempotent] ValueTask<string?> NameAsync(Guid player);
    [Task, Idempotent] ValueTask GreetAsync(string name);
}

public class Ranking
{
    public TaskChain<NoResult> Of(Guid player) => Canvas.Chain(ScoresTasks.Find(player)).Then({|TT801:ScoresTasks.RankLink(player)|});

    public TaskChain<NoResult> OfAny(Guid player) => Canvas.Chain(ScoresTasks.Find(player)).Then(ScoresTasks.RankIfAnyLink(player));

    public TaskChain<NoResult> Greeting(Guid player) => Canvas.Chain(ScoresTasks.Name(player)).Then(ScoresTasks.GreetLink());
}
