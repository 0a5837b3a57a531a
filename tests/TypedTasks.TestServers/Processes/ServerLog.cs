using System.Text;

namespace TypedTasks.TestServers.Processes;

/// <summary>What a server wrote, bounded: the beginning is forgotten when it grows too long.</summary>
internal sealed class ServerLog
{
    private const int Limit = 1 << 20;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private long _forgotten;

    /// <summary>Where the next line will be, counted from the first line ever.</summary>
    public long Position
    {
        get
        {
            lock (_gate)
            {
                return _forgotten + _text.Length;
            }
        }
    }

    public void Append(string line)
    {
        lock (_gate)
        {
            _text.Append(line).Append('\n');
            if (_text.Length > Limit)
            {
                int drop = _text.Length - (Limit / 2);
                _text.Remove(0, drop);
                _forgotten += drop;
            }
        }
    }

    /// <summary>What was written since <paramref name="position"/>.</summary>
    public string Since(long position)
    {
        lock (_gate)
        {
            int start = (int)Math.Clamp(position - _forgotten, 0, _text.Length);
            return _text.ToString(start, _text.Length - start);
        }
    }

    /// <summary>The last lines, for a failure message.</summary>
    public string Tail()
    {
        string text = Since(Math.Max(0, Position - 4_000));
        return text.Length == 0 ? "(the server wrote nothing)" : text;
    }
}
