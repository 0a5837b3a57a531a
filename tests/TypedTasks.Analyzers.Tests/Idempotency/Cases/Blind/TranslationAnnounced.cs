// The job says that it begins, before it does anything that a second run could find.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class TranslationRow
{
    public Guid Id { get; set; }
    public string State { get; set; } = "";
    public string Text { get; set; } = "";
}

public sealed class TranslationContext : DbContext
{
    public DbSet<TranslationRow> Rows => Set<TranslationRow>();
}

public sealed class NtfyOptions
{
    public string Topic { get; set; } = "jobs";
}

public sealed class NtfyClient(HttpClient http, NtfyOptions options)
{
    public Task TellAsync(string text, CancellationToken cancellationToken) => http.PostAsJsonAsync($"https://ntfy.sh/{options.Topic}", new { text }, cancellationToken);
}

[TaskContract]
public interface IAnnouncedTranslations
{
    [Task, Idempotent]
    Task TranslateAsync(Guid request, CancellationToken cancellationToken = default);
}

public sealed class TranslationWorker(TranslationContext database, NtfyClient ntfy, HttpClient http, ILogger<TranslationWorker> logger) : IAnnouncedTranslations
{
    public async Task TranslateAsync(Guid request, CancellationToken cancellationToken)
    {
        TranslationRow row = await database.Rows.SingleAsync(one => one.Id == request, cancellationToken);
        row.State = "running";
        await database.SaveChangesAsync(cancellationToken);
        logger.LogInformation("{Request} begins", request);
        await {|TT410:ntfy.TellAsync($"{request} begins", cancellationToken)|};
        row.Text = await http.GetStringAsync($"https://translate.test/{request}", cancellationToken);
        row.State = "done";
        await database.SaveChangesAsync(cancellationToken);
    }
}
