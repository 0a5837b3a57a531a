// A tool makes a thumbnail: a process is started, however it ends.
using System.Diagnostics;
using System.IO;

[TaskContract]
public interface IThumbnails
{
    [Task, Idempotent]
    Task MakeAsync(string video, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task MakeOnceAsync(string video, TaskContext context);
}

public sealed class ThumbnailWorker : IThumbnails
{
    public async Task MakeAsync(string video, CancellationToken cancellationToken)
    {
        using Process process = new() { StartInfo = new ProcessStartInfo("ffmpeg", ["-i", video, Path.ChangeExtension(video, ".jpg")]) };
        {|TT417:process.Start()|};
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg ended with {process.ExitCode}");
        }
    }

    public async Task MakeOnceAsync(string video, TaskContext context) =>
        await context.OnceAsync($"thumbnail:{video}", async stop =>
        {
            using Process process = Process.Start("ffmpeg", ["-i", video, "out.jpg"])!;
            await process.WaitForExitAsync(stop);
        });
}
