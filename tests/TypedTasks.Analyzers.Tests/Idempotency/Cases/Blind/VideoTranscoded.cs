// A video is transcoded by a tool into a temporary file, and moved to a name of the moment.
using System.Diagnostics;
using System.IO;

[TaskContract]
public interface ITranscoding
{
    [Task(TimeLimit = "1h"), Idempotent]
    Task TranscodeAsync(string video, int height, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PublishAsync(string rendition, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PublishUnderOwnNameAsync(Guid video, string rendition, CancellationToken cancellationToken = default);
}

public sealed class TranscodingWorker : ITranscoding
{
    public async Task TranscodeAsync(string video, int height, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("ffmpeg")
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-y");
        start.ArgumentList.Add("-i");
        start.ArgumentList.Add(video);
        start.ArgumentList.Add($"{video}.{height}.mp4");
        using Process process = {|TT417:Process.Start(start)|} ?? throw new InvalidOperationException("ffmpeg did not start");
        await process.WaitForExitAsync(cancellationToken);
    }

    public Task PublishAsync(string rendition, CancellationToken cancellationToken)
    {
        string target = Path.Combine("public", $"{DateTime.UtcNow.Ticks}-{Path.GetFileName(rendition)}");
        {|TT418:File.Copy(rendition, target)|};
        return Task.CompletedTask;
    }

    public Task PublishUnderOwnNameAsync(Guid video, string rendition, CancellationToken cancellationToken)
    {
        string folder = Path.Combine("public", video.ToString("N"));
        Directory.CreateDirectory(folder);
        File.Copy(rendition, Path.Combine(folder, Path.GetFileName(rendition)), overwrite: true);
        return Task.CompletedTask;
    }
}
