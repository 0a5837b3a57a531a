// What returns nothing is followed by what wants something: by a chain, a group, in a loop, and by a join.
namespace Backups;

[TaskContract]
public interface IBackups
{
    [Task, Idempotent] Task FreezeAsync(string volume);
    [Task, Idempotent] Task<string> CopyAsync(string volume, int shard);
    [Task, Idempotent] Task VerifyAsync(string copy);
    [Task, Idempotent] Task ReportAsync(int verified, string volume);
    [Task, Idempotent] Task ReportAllAsync(List<string> copies, string volume);
}

public class Backup(ITaskCanvas canvas)
{
    public TaskGroup<string> Copies(string volume) => Canvas
        .Chain(BackupsTasks.Freeze(volume))
        .ThenGroup({|TT803:Enumerable.Range(0, 4).Select(shard => BackupsTasks.CopyLink(shard))|});

    public async Task RunAsync(string volume, CancellationToken cancellationToken)
    {
        TaskChain<NoResult> chain = Canvas.Chain(BackupsTasks.Freeze(volume));
        for (int shard = 0; shard < 4; shard++)
        {
            chain = chain.Then(BackupsTasks.Copy(volume, shard)).Then(BackupsTasks.VerifyLink());
        }

        await canvas.EnqueueAsync(chain.Then({|TT803:BackupsTasks.ReportLink(volume)|}), cancellationToken: cancellationToken);
    }

    public async Task RunAllAsync(string volume)
    {
        async Task<TaskHandle<NoResult>> EnqueueAsync(IEnumerable<int> shards) =>
            await canvas.EnqueueAsync(Canvas
                .Group(shards.Select(shard => Canvas.Chain(BackupsTasks.Copy(volume, shard)).Then(BackupsTasks.VerifyLink())))
                .Join(JoinOn.AllSucceeded, {|TT803:BackupsTasks.ReportAllLink(volume)|}));

        await EnqueueAsync([1, 2, 3]);
    }

    public static TaskLink<string, NoResult> Checked(string volume) => BackupsTasks.VerifyLink().Then({|TT803:BackupsTasks.ReportLink(volume)|});

    public static TaskGroup<NoResult> Mixed(string volume) => Canvas.Group(
        {|TT803:Canvas.Chain(BackupsTasks.Freeze(volume))|},
        Canvas.Chain(BackupsTasks.Copy(volume, 0)));
}
