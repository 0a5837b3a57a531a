using System.Diagnostics;

namespace Shop;

/// <summary>How far a step has come: one line that is written over on a terminal, and a few lines where the output goes to a file.</summary>
public sealed class ProgressLine(string label, int total)
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private long _shownAt;
    private int _shownQuarter;

    /// <summary>Shows that <paramref name="done"/> of the total are done, unless that was shown a moment ago.</summary>
    public void Show(int done, string remark)
    {
        bool isLast = done == total;
        if (_isTerminal)
        {
            if (isLast || Stopwatch.GetElapsedTime(_shownAt) >= Interval)
            {
                _shownAt = Stopwatch.GetTimestamp();
                int filled = BarWidth * done / total;
                Console.Write($"\r{label} [{new string('#', filled)}{new string('.', BarWidth - filled)}] {done} of {total}, {remark}\e[K{(isLast ? Environment.NewLine : string.Empty)}");
            }
        }
        else if (4 * done / total is int quarter && quarter > _shownQuarter)
        {
            _shownQuarter = quarter;
            Console.WriteLine($"{label} {done} of {total}, {remark}");
        }
    }
}
