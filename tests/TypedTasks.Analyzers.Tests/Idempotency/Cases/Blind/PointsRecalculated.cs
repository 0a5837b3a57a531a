// The sum of points is computed of the movements, which have the order's number as their key.
using System.Data;
using Dapper;

[TaskContract]
public interface IPointBook
{
    [Task, Idempotent]
    Task EarnAsync(Guid order, Guid member, int points);

    [Task, Idempotent]
    Task EarnCarelesslyAsync(Guid order, Guid member, int points);
}

public sealed class PointBookWorker(IDbConnection connection) : IPointBook
{
    public async Task EarnAsync(Guid order, Guid member, int points)
    {
        using IDbTransaction transaction = connection.BeginTransaction();
        await connection.ExecuteAsync(
            "INSERT INTO point_movements (order_id, member_id, points) VALUES (@order, @member, @points) ON CONFLICT (order_id) DO NOTHING",
            new { order, member, points },
            transaction);
        await connection.ExecuteAsync(
            "UPDATE members SET points = (SELECT COALESCE(SUM(points), 0) FROM point_movements WHERE member_id = @member) WHERE id = @member",
            new { member },
            transaction);
        transaction.Commit();
    }

    public async Task EarnCarelesslyAsync(Guid order, Guid member, int points)
    {
        using IDbTransaction transaction = connection.BeginTransaction();
        await {|TT411:connection.ExecuteAsync(
            "INSERT INTO point_movements (member_id, points, made_at) VALUES (@member, @points, now())",
            new { member, points },
            transaction)|};
        await {|TT412:connection.ExecuteAsync("UPDATE members SET points = points + @points WHERE id = @member", new { member, points }, transaction)|};
        transaction.Commit();
    }
}
