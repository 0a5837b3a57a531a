using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedTasks.Load;

/// <summary>
/// The table of queues side by side, from a file of lines: where they ran, a tab, the queue's name, a tab, and the object of a run, or in its place why there is none. The first name
/// of a place is what the others there are compared with.
/// </summary>
internal static class PeerTable
{
    public static string Of(IEnumerable<string> lines)
    {
        var table = new StringBuilder();
        table.AppendLine("| on | queue | tasks | enqueued/s | worked off/s | end to end/s | ours to it, worked off | ours to it, end to end | lost | twice |");
        table.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (IGrouping<string, string[]> place in lines.Where(static line => line.Length > 0).Select(static line => line.Split('\t', 3)).GroupBy(static line => line[0]))
        {
            string first = place.First()[1];
            Peer? ours = null;
            foreach (IGrouping<string, string[]> queue in place.GroupBy(static line => line[1]))
            {
                string start = $"| {place.Key} | {queue.Key} ";
                if (queue.FirstOrDefault(static line => !line[2].StartsWith('{')) is { } missing)
                {
                    table.AppendLine(CultureInfo.InvariantCulture, $"{start}| – | – | – | – | – | – | – | not run: {missing[2]} |");
                    continue;
                }

                var peer = new Peer(queue.Select(static line => JsonSerializer.Deserialize(line[2], ReportJson.Default.LoadReport)!));
                ours = queue.Key == first ? peer : ours;
                table.AppendLine(CultureInfo.InvariantCulture,
                    $"{start}| {peer.Tasks:N0} | {Rate(peer.Enqueue)} | {Rate(peer.Consume)} | {Rate(peer.EndToEnd)} | {Ratio(ours?.Consume / peer.Consume)} | {Ratio(ours?.EndToEnd / peer.EndToEnd)} | {peer.Lost} | {peer.Duplicated} |");
            }
        }

        return table.ToString();
    }

    private static string Rate(double? rate) => rate is { } value ? value.ToString("N0", CultureInfo.InvariantCulture) : "–";

    private static string Ratio(double? ratio) => ratio is { } value ? value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) : "–";

    private sealed class Peer(IEnumerable<LoadReport> reports)
    {
        private readonly Dictionary<string, LoadReport> _reports = reports.ToDictionary(static report => report.Mode);

        public int Tasks => _reports.Values.Max(static report => report.Tasks);

        public double? Enqueue => Of("enqueue");

        public double? Consume => Of("consume");

        public double? EndToEnd => Of("endtoend");

        public int Lost => _reports.Values.Sum(static report => report.Lost);

        public int Duplicated => _reports.Values.Sum(static report => report.Duplicated);

        private double? Of(string mode) => _reports.TryGetValue(mode, out LoadReport? report) ? report.TasksPerSecond : null;
    }
}
