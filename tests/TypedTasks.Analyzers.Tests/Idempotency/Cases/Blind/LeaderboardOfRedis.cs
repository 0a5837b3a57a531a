// Scores of a match: what was won is added, what is the best is set, and a feed is lengthened, all in one batch.
using System.Globalization;
using StackExchange.Redis;

public sealed record PlayerScore(string Player, int Points, int Best);

[TaskContract]
public interface ILeaderboards
{
    [Task, Idempotent]
    Task MatchEndedAsync(string season, PlayerScore[] scores, CancellationToken cancellationToken = default);
}

public sealed class LeaderboardWorker(IDatabase redis) : ILeaderboards
{
    public async Task MatchEndedAsync(string season, PlayerScore[] scores, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string board = $"board:{season}";
        foreach ((string player, int points, int best) in scores)
        {
            await {|TT412:redis.SortedSetIncrementAsync(board, player, points)|};
            await redis.HashSetAsync($"best:{season}", player, best.ToString(CultureInfo.InvariantCulture));
        }

        IBatch batch = redis.CreateBatch();
        Task<long> feed = {|TT411:batch.ListRightPushAsync($"feed:{season}", string.Join(',', scores.Select(score => score.Player)))|};
        Task<bool> expiry = batch.KeyExpireAsync(board, TimeSpan.FromDays(120));
        batch.Execute();
        await Task.WhenAll(feed, expiry);
    }
}
