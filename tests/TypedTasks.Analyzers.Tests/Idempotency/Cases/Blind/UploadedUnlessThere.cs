// A statement is stored in Google's storage unless it is there: generation zero is the precondition.
using System.IO;
using System.Net;
using Google;
using Google.Cloud.Storage.V1;
using Microsoft.Extensions.Logging;

public interface IStatementRenderer
{
    Task<byte[]> RenderAsync(Guid account, int year, int month, CancellationToken cancellationToken);
}

[TaskContract]
public interface IAccountStatements
{
    [Task(TimeLimit = "2m"), Idempotent]
    Task StoreAsync(Guid account, int year, int month, CancellationToken cancellationToken = default);
}

public sealed class AccountStatementWorker(StorageClient storage, IStatementRenderer renderer, ILogger<AccountStatementWorker> log) : IAccountStatements
{
    private const string Bucket = "statements";

    public async Task StoreAsync(Guid account, int year, int month, CancellationToken cancellationToken)
    {
        string name = $"{account:N}/{year:D4}-{month:D2}.pdf";
        byte[] document = await renderer.RenderAsync(account, year, month, cancellationToken);
        using MemoryStream content = new(document, writable: false);
        try
        {
            await storage.UploadObjectAsync(Bucket, name, "application/pdf", content, new UploadObjectOptions { IfGenerationMatch = 0 }, cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.PreconditionFailed)
        {
            log.LogInformation("{Name} is there already", name);
        }
    }
}
