// A slow partner is asked within a time limit of a pipeline, and what it says replaces what was known.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using Polly;

public sealed record CreditReport(string Company, int Score, string[] Warnings);

[TaskContract]
public interface ICreditReports
{
    [Task(MaxAttempts = 6, Backoff = "5s..10m"), Idempotent]
    Task RefreshAsync(string company, CancellationToken cancellationToken = default);
}

public sealed class CreditReportWorker(IHttpClientFactory clients) : ICreditReports
{
    private static readonly ResiliencePipeline Patience = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(20)).Build();

    public async Task RefreshAsync(string company, CancellationToken cancellationToken)
    {
        HttpClient bureau = clients.CreateClient("bureau");
        CreditReport? report = await Patience.ExecuteAsync(async token => await AskAsync(bureau, company, token), cancellationToken);
        HttpClient own = clients.CreateClient("risk");
        if (report is null)
        {
            using HttpResponseMessage gone = await own.DeleteAsync($"companies/{company}/report", cancellationToken);
            if (gone.StatusCode != HttpStatusCode.NotFound)
            {
                gone.EnsureSuccessStatusCode();
            }

            return;
        }

        using HttpResponseMessage saved = await own.PutAsJsonAsync($"companies/{company}/report", report with { Warnings = [.. report.Warnings.Order()] }, cancellationToken);
        saved.EnsureSuccessStatusCode();
    }

    private static async ValueTask<CreditReport?> AskAsync(HttpClient bureau, string company, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await bureau.GetAsync($"reports/{company}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CreditReport>(cancellationToken);
    }
}
