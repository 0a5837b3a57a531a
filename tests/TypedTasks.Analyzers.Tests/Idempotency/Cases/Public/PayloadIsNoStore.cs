// The payload's own members may be changed as one likes: nobody stores them.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

[TaskPayload]
public sealed class ImportBatch
{
    public int Offset { get; set; }
    public string Log { get; set; } = "";
    public List<string> Lines { get; set; } = [];

    public void Skip(int count) => Offset += count;
}

public sealed class BatchState
{
    public Guid Id { get; set; }
    public int Offset { get; set; }
}

public sealed class BatchContext : DbContext
{
    public DbSet<BatchState> States => Set<BatchState>();
}

[TaskContract]
public interface IImportBatches
{
    [Task, Idempotent]
    Task RunAsync(Guid id, ImportBatch batch, CancellationToken cancellationToken = default);
}

public sealed class ImportBatchWorker(BatchContext context, HttpClient http) : IImportBatches
{
    public async Task RunAsync(Guid id, ImportBatch batch, CancellationToken cancellationToken)
    {
        batch.Lines.Add("end");
        foreach (string line in batch.Lines)
        {
            batch.Offset++;
            batch.Skip(1);
            batch.Log += line;
            await http.PutAsJsonAsync($"/lines/{id}/{batch.Offset}", line, cancellationToken);
        }

        BatchState? state = await context.States.FindAsync([id], cancellationToken);
        if (state is not null)
        {
            state.Offset = batch.Offset;
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
