// Six methods down, over a static helper, an extension, a property and a generic one, something is counted up.
using StackExchange.Redis;

public sealed class RedisBox(IDatabase redis)
{
    public IDatabase Redis => redis;
}

public static class Deep
{
    public static ValueTask FirstAsync(RedisBox box, string key) => new(SecondAsync(box, key));

    private static async Task SecondAsync(RedisBox box, string key) => await box.ThirdAsync($"deep:{key}");

    private static Task<long> ThirdAsync(this RedisBox box, string key) => FourthAsync(box.Redis, key, static (redis, name) => redis.StringIncrementAsync(name));

    private static async Task<T> FourthAsync<T>(IDatabase redis, string key, Func<IDatabase, string, Task<T>> work) => await work(redis, key).ConfigureAwait(false);
}

[TaskContract]
public interface IDeepCounts
{
    [Task, Idempotent]
    ValueTask CountAsync(string key);
}

public sealed class DeepCountWorker(RedisBox box) : IDeepCounts
{
    public ValueTask CountAsync(string key) => {|TT412:Deep.FirstAsync(box, key)|};
}
