namespace TypedTasks.Nats.JetStream;

/// <summary>
/// What was asked of the server and has not come yet. Pure bookkeeping, without I/O: requests in order, each with the credit that is left of it.
/// </summary>
/// <remarks>A request ends by its last task, by a status on its own reply subject, or by our own clock, for a request may vanish without a word. Guarded by the consumer's gate.</remarks>
internal sealed class PullWindow
{
    private readonly List<(uint Token, int Remaining, long Expires)> _requests = [];
    private uint _lastToken;

    /// <summary>Tasks that were asked for and may still come.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Notes a request and returns its token.</summary>
    public uint Add(int credit, long expires)
    {
        _requests.Add((++_lastToken, credit, expires));
        Outstanding += credit;
        return _lastToken;
    }

    /// <summary>A task came: the server serves requests in order.</summary>
    public void OnTask()
    {
        if (_requests.Count == 0)
        {
            return;
        }

        (uint token, int remaining, long expires) = _requests[0];
        Outstanding--;
        if (remaining == 1)
        {
            _requests.RemoveAt(0);
        }
        else
        {
            _requests[0] = (token, remaining - 1, expires);
        }
    }

    /// <summary>A status ended a request.</summary>
    public void OnEnd(uint token)
    {
        int at = _requests.FindIndex(request => request.Token == token);
        if (at >= 0)
        {
            Outstanding -= _requests[at].Remaining;
            _requests.RemoveAt(at);
        }
    }

    /// <summary>Forgets requests whose time is long over.</summary>
    public void Expire(long now)
    {
        for (int i = _requests.Count - 1; i >= 0; i--)
        {
            if (now >= _requests[i].Expires)
            {
                Outstanding -= _requests[i].Remaining;
                _requests.RemoveAt(i);
            }
        }
    }

    /// <summary>Forgets all: the server does not hold them any more.</summary>
    public void Clear()
    {
        _requests.Clear();
        Outstanding = 0;
    }
}
