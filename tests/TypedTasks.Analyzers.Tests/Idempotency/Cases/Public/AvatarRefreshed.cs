// The avatar is fetched and stored under the account's number; broken links are forgotten.
using System.IO;
using System.Net.Http;
using Azure.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class RemoteAccount
{
    public long Id { get; set; }
    public string? AvatarUrl { get; set; }
    public DateTimeOffset? LastRefreshedAt { get; set; }
}

public sealed class RemoteAccounts : DbContext
{
    public DbSet<RemoteAccount> Accounts => Set<RemoteAccount>();
}

[TaskContract]
public interface IAvatars
{
    [Task, Idempotent]
    Task RefreshAsync(long account, CancellationToken cancellationToken = default);
}

public sealed class AvatarWorker(RemoteAccounts accounts, HttpClient http, BlobContainerClient container, ILogger<AvatarWorker> log) : IAvatars
{
    public async Task RefreshAsync(long account, CancellationToken cancellationToken)
    {
        if (await accounts.Accounts.FindAsync([account], cancellationToken) is not { AvatarUrl: { Length: > 0 } url } found)
        {
            return;
        }

        try
        {
            await using Stream image = await http.GetStreamAsync(url, cancellationToken);
            await container.GetBlobClient($"avatars/{account}.png").UploadAsync(image, overwrite: true, cancellationToken);
            found.LastRefreshedAt = DateTimeOffset.UtcNow;
        }
        catch (HttpRequestException e)
        {
            log.LogInformation(e, "{Url} is gone", url);
            found.AvatarUrl = null;
        }

        await accounts.SaveChangesAsync(cancellationToken);
    }
}
