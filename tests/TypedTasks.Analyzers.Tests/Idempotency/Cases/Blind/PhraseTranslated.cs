// The state goes to the browser, the text is set, and the user's usage is counted by another task under the phrase's own key.
using System.Net.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

public sealed class PhraseHub;

public sealed class Phrase
{
    public Guid Id { get; set; }
    public Guid User { get; set; }
    public string? Translation { get; set; }
    public string State { get; set; } = "";
}

public sealed class PhraseContext : DbContext
{
    public DbSet<Phrase> Phrases => Set<Phrase>();
}

[TaskContract]
public interface ILanguageUsage
{
    [Task, Idempotent(Key = nameof(phrase))]
    Task CountAsync(Guid phrase, Guid user);
}

[TaskContract]
public interface IPhrases
{
    [Task, Idempotent]
    Task TranslateAsync(Guid phrase, CancellationToken cancellationToken = default);
}

public sealed class PhraseWorker(PhraseContext database, HttpClient http, IHubContext<PhraseHub> hub, ITaskClient<ILanguageUsage> usage) : IPhrases
{
    public async Task TranslateAsync(Guid phrase, CancellationToken cancellationToken)
    {
        Phrase? found = await database.Phrases.FirstOrDefaultAsync(one => one.Id == phrase, cancellationToken);
        if (found is null)
        {
            return;
        }

        found.State = "in progress";
        await database.SaveChangesAsync(cancellationToken);
        await BroadcastAsync(found, cancellationToken);
        found.Translation = await http.GetStringAsync($"/translate/{phrase}", cancellationToken);
        found.State = "done";
        await database.SaveChangesAsync(cancellationToken);
        await BroadcastAsync(found, cancellationToken);
        await usage.CountAsync(phrase, found.User, cancellationToken: cancellationToken);
    }

    private Task BroadcastAsync(Phrase phrase, CancellationToken cancellationToken) =>
        hub.Clients.User(phrase.User.ToString()).SendAsync("phrase", phrase.State, cancellationToken);
}
