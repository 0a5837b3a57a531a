// A lead goes to three systems: by Refit, by RestSharp with a key in a header, and by RestSharp without.
using Refit;
using RestSharp;

public sealed record LeadBody(string Name, string Email, string Source);

public interface ILeadApi
{
    [Post("/leads")]
    Task CreateAsync([Body] LeadBody lead, CancellationToken cancellationToken);

    [Put("/leads/{id}")]
    Task ReplaceAsync(Guid id, [Body] LeadBody lead, CancellationToken cancellationToken);
}

[TaskContract]
public interface ILeads
{
    [Task, Idempotent]
    Task SpreadAsync(Guid lead, LeadBody body, CancellationToken cancellationToken = default);
}

public sealed class LeadWorker(ILeadApi crm, IRestClient marketing, IRestClient score) : ILeads
{
    public async Task SpreadAsync(Guid lead, LeadBody body, CancellationToken cancellationToken)
    {
        await crm.ReplaceAsync(lead, body, cancellationToken);
        if (body.Source is "fair" or "phone")
        {
            await {|TT410:crm.CreateAsync(body with { Source = "offline" }, cancellationToken)|};
        }

        RestRequest campaign = new RestRequest("campaigns/welcome/members", Method.Post)
            .AddOrUpdateHeader("Idempotency-Key", $"welcome-{lead:N}")
            .AddJsonBody(body);
        RestResponse joined = await marketing.ExecuteAsync(campaign, cancellationToken);
        if (!joined.IsSuccessful)
        {
            throw TaskContext.RetryAfter(TimeSpan.FromMinutes(1), "Marketing is down.");
        }

        await {|TT410:score.PostAsync(new RestRequest("scores").AddJsonBody(new { lead, points = 10 }), cancellationToken)|};
    }
}
