// A lottery in MongoDB: tickets without ids, the next number by an increment, settings by upserts in bulk.
using MongoDB.Driver;

public sealed class LotteryTicket
{
    public string? Id { get; set; }
    public Guid Draw { get; set; }
    public string Player { get; set; } = "";
    public int Number { get; set; }
}

public sealed class LotteryDraw
{
    public Guid Id { get; set; }
    public int LastNumber { get; set; }
    public string Rules { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}

[TaskContract]
public interface ILotteries
{
    [Task, Idempotent]
    Task BuyAsync(Guid draw, string player, int count, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PrepareAsync(Guid[] draws, string rules, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class LotteryWorker(IMongoCollection<LotteryDraw> draws, IMongoCollection<LotteryTicket> tickets) : ILotteries
{
    public async Task BuyAsync(Guid draw, string player, int count, CancellationToken cancellationToken)
    {
        LotteryDraw after = await {|TT412:draws.FindOneAndUpdateAsync(
            one => one.Id == draw,
            Builders<LotteryDraw>.Update.Inc(one => one.LastNumber, count),
            new FindOneAndUpdateOptions<LotteryDraw> { ReturnDocument = ReturnDocument.After },
            cancellationToken)|};
        IEnumerable<LotteryTicket> bought = Enumerable.Range(after.LastNumber - count + 1, count)
            .Select(number => new LotteryTicket { Draw = draw, Player = player, Number = number });
        await {|TT411:tickets.InsertManyAsync(bought, cancellationToken: cancellationToken)|};
    }

    public async Task PrepareAsync(Guid[] prepared, string rules, TaskContext context, CancellationToken cancellationToken)
    {
        UpdateOneModel<LotteryDraw>[] models =
        [
            .. prepared.Select(draw => new UpdateOneModel<LotteryDraw>(
                Builders<LotteryDraw>.Filter.Eq(one => one.Id, draw),
                Builders<LotteryDraw>.Update.SetOnInsert(one => one.CreatedAt, context.EnqueuedAt).Set(one => one.Rules, rules)) { IsUpsert = true }),
        ];
        await draws.BulkWriteAsync(models, cancellationToken: cancellationToken);
    }
}
