// A number that somebody else keeps is read, and copied.
using System.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;

public sealed class PlayerScore
{
    public Guid Id { get; set; }
    public long Total { get; set; }
    public int Games { get; set; }
}

public sealed class ScoreContext : DbContext
{
    public DbSet<PlayerScore> Scores => Set<PlayerScore>();
}

[TaskContract]
public interface IPlayerScores
{
    [Task, Idempotent]
    Task CopyAsync(Guid player, CancellationToken cancellationToken = default);
}

public sealed class PlayerScoreWorker(ScoreContext context, IDbConnection games) : IPlayerScores
{
    public async Task CopyAsync(Guid player, CancellationToken cancellationToken)
    {
        (long total, int count) = await games.QuerySingleAsync<(long, int)>("SELECT SUM(points), COUNT(*) FROM games WHERE player = @player", new { player });
        PlayerScore? score = await context.Scores.SingleOrDefaultAsync(one => one.Id == player, cancellationToken);
        if (score == null)
        {
            score = new PlayerScore { Id = player };
            context.Scores.Add(score);
        }

        score.Total = total + 10L * count;
        score.Games = count;
        await context.SaveChangesAsync(cancellationToken);
    }
}
