using StackExchange.Redis;

[TaskContract]
public interface IViews
{
    [Task, Idempotent]
    Task CountAsync(string page);
}

public sealed class ViewWorker(IDatabase redis) : IViews
{
    public async Task CountAsync(string page)
    {
        await {|TT412:redis.StringIncrementAsync($"views:{page}")|};
        await {|TT411:redis.ListLeftPushAsync("recent", page)|};
        await redis.StringSetAsync($"last:{page}", "seen");
        await redis.SetAddAsync("pages", page);
    }
}
