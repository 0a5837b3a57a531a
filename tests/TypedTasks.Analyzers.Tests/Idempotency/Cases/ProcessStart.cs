using System.Diagnostics;

[TaskContract]
public interface IVideos
{
    [Task, Idempotent]
    Task EncodeAsync(string input);
}

public sealed class VideoWorker : IVideos
{
    public async Task EncodeAsync(string input)
    {
        using Process? process = {|TT417:Process.Start(new ProcessStartInfo("ffmpeg", input))|};
        await process!.WaitForExitAsync();
    }
}
