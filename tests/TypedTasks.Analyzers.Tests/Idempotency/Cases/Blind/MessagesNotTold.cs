// Nothing but logs, a scope of a log, a progress report, and memory of one's own.
using System.Text;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ILineDigests
{
    [Task, Idempotent]
    Task<string> DigestAsync(string[] lines, TaskContext context = null!);
}

public sealed partial class DigestWorker(ILoggerFactory loggers) : ILineDigests
{
    private readonly ILogger _logger = loggers.CreateLogger("digests");

    public async Task<string> DigestAsync(string[] lines, TaskContext context)
    {
        using IDisposable? scope = _logger.BeginScope("{Task}", context.Id);
        StringBuilder digest = new();
        Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);
        Queue<string> waiting = new(lines);
        while (waiting.TryDequeue(out string? line))
        {
            counts[line] = counts.GetValueOrDefault(line) + 1;
            digest.AppendLine(line);
            await context.ReportAsync(lines.Length - waiting.Count);
        }

        foreach ((string line, int count) in counts.OrderByDescending(one => one.Value))
        {
            LogLine(line, count);
        }

        return digest.ToString();
    }

    private void LogLine(string line, int count) => _logger.LogInformation("{Line}: {Count}", line, count);
}
