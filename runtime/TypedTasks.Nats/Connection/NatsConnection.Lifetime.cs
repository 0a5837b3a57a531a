using System.Text;
using Microsoft.Extensions.Logging;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

// The loop: connect, read until it breaks, connect again.
internal sealed partial class NatsConnection
{
    private TaskCompletionSource _firstConnect = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loop;
    private Stream? _stream;
    private CancellationTokenSource? _streamEnd;
    private string? _lastServerId;
    private int _unansweredPings;
    private volatile string? _endReason;

    /// <summary>Connects, and keeps connected until disposal. Returns when the first connection stands; when it could not be made, calling this again tries again.</summary>
    /// <exception cref="NatsConnectException">It cannot be made, within the configured time.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Task connected;
        lock (_gate)
        {
            if (_firstConnect.Task.IsFaulted && !_closing.IsCancellationRequested)
            {
                _firstConnect = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _loop = null;
                Fatal = null;
            }

            _loop ??= Task.Run(LoopAsync, CancellationToken.None);
            connected = _firstConnect.Task;
        }

        return connected.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the connection in use; the loop makes the next.</summary>
    public void Abort(string reason)
    {
        _endReason = reason;
        CloseStream();
    }

    private async Task LoopAsync()
    {
        var pool = new ServerPool(_settings.Servers, _settings.DiscoverServers);
        var pause = new ReconnectPause(_settings.MaxReconnectDelay);
        long giveUpFirstAt = After(_settings.ConnectTimeout);
        ConnectProblem lastProblem = ConnectProblem.Unreachable;
        int failures = 0;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                NatsEndpoint endpoint = pool.Next(out bool beginsRound);
                if (failures > 0 && beginsRound)
                {
                    await Task.Delay(pause.Next(), _time, _closing.Token).ConfigureAwait(false);
                }

                OpenConnection open = await ServerHandshake.OpenAsync(endpoint, _settings, _closing.Token).ConfigureAwait(false);
                pool.Learn(open.Info.ConnectUrls, endpoint);
                failures = 0;
                lastProblem = ConnectProblem.Unreachable;
                long since = _time.GetTimestamp();
                await LiveAsync(open).ConfigureAwait(false);
                failures = 1;
                pause.Lived(_time.GetElapsedTime(since));
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                break;
            }
            catch (NatsConnectException error)
            {
                failures++;
                Log.ConnectFailed(_logger, _settings.Name, failures, error.Message, isNew: error.Problem != lastProblem);
                LastProblem = error.Message;
                bool isRefused = error.Problem is ConnectProblem.Authentication or ConnectProblem.Tls or ConnectProblem.Unsuitable;
                bool refusedTwice = isRefused && lastProblem == error.Problem && failures >= 2 * pool.Count;
                bool tooLate = !_firstConnect.Task.IsCompleted && (isRefused ? failures >= pool.Count : _time.GetTimestamp() >= giveUpFirstAt);
                lastProblem = error.Problem;
                if (tooLate || (refusedTwice && error.Problem == ConnectProblem.Authentication))
                {
                    EndForGood(error);
                    return;
                }
            }
        }

        _firstConnect.TrySetException(new NatsConnectException(ConnectProblem.Unreachable, "The connection was closed."));
    }

    private void EndForGood(NatsConnectException error)
    {
        Fatal = error;
        FailEverything(CallFailure.Closed);
        if (!_firstConnect.TrySetException(error))
        {
            Log.GivenUp(_logger, _settings.Name, error.Message);
        }
    }

    private async Task LiveAsync(OpenConnection open)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        uint epoch = Begin(open, end);
        Task writing = WriteUntilEndAsync(open.Stream, epoch, end.Token);
        Task pinging = PingLoopAsync(epoch, end.Token);
        try
        {
            AnnounceConnected(open);
            await ReadLoopAsync(open.Stream, open.Received, end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not NatsConnectException)
        {
            LastProblem = _endReason ?? error.Message;
            if (!_closing.IsCancellationRequested)
            {
                Log.Lost(_logger, _settings.Name, open.Endpoint.ToString(), LastProblem);
            }
        }
        finally
        {
            End();
            await end.CancelAsync().ConfigureAwait(false);
            _wake.Set();
            await open.Stream.DisposeAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            FailThoseThatMayNotBeSentAgain();
        }
    }

    private uint Begin(OpenConnection open, CancellationTokenSource end)
    {
        var lost = new List<PendingCall>();
        uint epoch;
        lock (_gate)
        {
            epoch = ++_epoch;
            _inbox = Encoding.ASCII.GetBytes(InboxOf(epoch));
            _stream = open.Stream;
            _streamEnd = end;
            _endReason = null;
            _unansweredPings = 0;
            Info = open.Info;
            _front.Clear();
            _back.Clear();
            _writerSleeps = false;
            _isConnected = true;
            AppendText($"SUB {InboxOf(epoch)}* {RepliesSid}\r\n");
            foreach (NatsSubscription subscription in _subscriptions.Values)
            {
                AppendSubscribe(subscription);
            }

            ResendAll(lost);
            StartWaiting();
        }

        foreach (PendingCall call in lost)
        {
            GiveUp(call, CallFailure.ConnectionLost);
        }

        return epoch;
    }

    private void AnnounceConnected(OpenConnection open)
    {
        ServerInfo info = open.Info;
        bool isOtherServer = _lastServerId is not null && _lastServerId != info.ServerId;
        bool isFirst = _lastServerId is null;
        _lastServerId = info.ServerId;
        Log.Connected(_logger, open.Endpoint.ToString(), info.Version.ToString(), _settings.Name);
        _firstConnect.TrySetResult();
        foreach (NatsSubscription subscription in _subscriptions.Values)
        {
            subscription.OnSubscribed();
        }

        if (!isFirst)
        {
            Connected?.Invoke(isOtherServer);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _isConnected = false;
            _stream = null;
            _streamEnd = null;
        }
    }

    private void FailThoseThatMayNotBeSentAgain()
    {
        for (int i = 0; i < _table.HighWater; i++)
        {
            if (_table[i] is { MayResend: false, Sends: > 0 } call)
            {
                GiveUp(call, CallFailure.ConnectionLost);
            }
        }
    }

    private void CloseStream()
    {
        CancellationTokenSource? end;
        lock (_gate)
        {
            end = _streamEnd;
        }

        try
        {
            end?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself meanwhile.
        }
    }

    private async Task ReadLoopAsync(Stream stream, ReceiveBuffer received, CancellationToken cancellationToken)
    {
        while (true)
        {
            Drain(received);
            ReturnAnswered();
            received.Add(await stream.ReadAsync(received.Room, cancellationToken).ConfigureAwait(false));
        }
    }

    private void Drain(ReceiveBuffer received)
    {
        while (received.TryRead(NatsLimits.Message, out NatsFrame frame))
        {
            switch (frame.Kind)
            {
                case NatsFrameKind.Message when frame.Sid == RepliesSid:
                    OnReply(frame);
                    break;
                case NatsFrameKind.Message:
                    if (_subscriptions.TryGetValue(frame.Sid, out NatsSubscription? subscription))
                    {
                        subscription.OnMessage(frame);
                    }

                    break;
                case NatsFrameKind.Ping:
                    lock (_gate)
                    {
                        _front.Append("PONG\r\n"u8);
                    }

                    WakeWriter();
                    break;
                case NatsFrameKind.Pong:
                    Volatile.Write(ref _unansweredPings, 0);
                    break;
                case NatsFrameKind.Info:
                    OnInfo(ServerInfo.Parse(frame.Payload));
                    break;
                case NatsFrameKind.Error:
                    OnError(Encoding.UTF8.GetString(frame.Payload));
                    break;
            }
        }
    }

    // A server in lame-duck mode closes its clients within minutes: moving now, while it still answers, costs nothing. What is unanswered is sent again.
    private void OnInfo(ServerInfo info)
    {
        Info = info;
        if (info.LameDuck)
        {
            Abort("The server is shutting down (lame duck).");
        }
    }

    private void OnError(string text)
    {
        Log.ServerError(_logger, _settings.Name, text);
        LastProblem = text;
        if (!text.StartsWith("permissions violation", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        int from = text.IndexOf('"', StringComparison.Ordinal);
        int to = text.LastIndexOf('"');
        string subject = from >= 0 && to > from ? text[(from + 1)..to] : "";
        if (!text.Contains("subscription", StringComparison.OrdinalIgnoreCase))
        {
            FailDenied(subject);
            return;
        }

        string inbox = Inbox;
        foreach (NatsSubscription subscription in _subscriptions.Values)
        {
            if (subscription.SubjectFor(inbox) == subject)
            {
                subscription.OnDenied(text);
            }
        }
    }

    private async Task PingLoopAsync(uint epoch, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_settings.PingInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Interlocked.Increment(ref _unansweredPings) > 2)
            {
                Abort($"The server did not answer for {_settings.PingInterval * 2} (NatsEngineOptions.PingInterval).");
                return;
            }

            lock (_gate)
            {
                if (_epoch != epoch)
                {
                    return;
                }

                _front.Append("PING\r\n"u8);
            }

            WakeWriter();
        }
    }
}
