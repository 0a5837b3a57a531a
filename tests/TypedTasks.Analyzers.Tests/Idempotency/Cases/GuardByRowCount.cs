using System.Data;
using System.Net.Http;
using Dapper;

[TaskContract]
public interface IPayouts
{
    [Task, Idempotent]
    Task PayAsync(Guid payout);
}

public sealed class PayoutWorker(IDbConnection connection, HttpClient http) : IPayouts
{
    public async Task PayAsync(Guid payout)
    {
        int claimed = await connection.ExecuteAsync("UPDATE payouts SET status = 'sending' WHERE id = @payout AND status = 'new'", new { payout });
        if (claimed == 0)
        {
            return;
        }

        await http.PostAsync($"/payouts/{payout}", null);
    }
}
