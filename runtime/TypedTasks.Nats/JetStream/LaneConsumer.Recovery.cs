namespace TypedTasks.Nats.JetStream;

// After a reconnect: a server that was killed delivers settled tasks again and counts from 1, so its counts prove nothing up to where its stream had come.
internal sealed partial class LaneConsumer
{
    private Task _recovery = Task.CompletedTask;
    private ulong _suspectUntil;
    private long _fenceEpoch;
    private string _serverId = "";
    private ulong _suspectBefore;

    /// <summary>Learns the fence's epoch, and how far the stream had come when the server began.</summary>
    public async Task RecoverAsync(bool isOtherServer, CancellationToken cancellationToken)
    {
        _serverId = Connection.Info.ServerId;
        Volatile.Write(ref _fenceEpoch, await _engine.Epochs.ObtainAsync(Lane, _serverId, cancellationToken).ConfigureAwait(false));
        ulong until = 0;
        if (isOtherServer)
        {
            until = await _engine.Topology.FindEndAsync(_names, cancellationToken).ConfigureAwait(false);
            _engine.CleanUntil(this, until, null);
        }

        ulong before = Volatile.Read(ref _suspectBefore);
        Volatile.Write(ref _suspectUntil, Math.Max(until, before));
    }

    /// <summary>Somebody began another epoch: deliveries from now on bear it.</summary>
    public async Task RefreshEpochQuietlyAsync()
    {
        try
        {
            long epoch = await _engine.Epochs.CurrentAsync(Lane, CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _fenceEpoch, Math.Max(epoch, Volatile.Read(ref _fenceEpoch)));
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            EngineLog.UpkeepFailed(_engine.Logger, $"Reading the epoch of the lane {Lane}", error.Message);
        }
    }

    /// <summary>The consumer was made again: its deliveries are numbered from 1, so another epoch begins, and what was asked for is void.</summary>
    public async ValueTask OnRepairedAsync(CancellationToken cancellationToken)
    {
        await _engine.Topology.EnsureLeaseAsync(_names, _lease, cancellationToken).ConfigureAwait(false);
        string once = $"{_serverId}+{Guid.NewGuid():N}";
        Volatile.Write(ref _fenceEpoch, await _engine.Epochs.ObtainAsync(Lane, once, cancellationToken).ConfigureAwait(false));
        lock (_gate)
        {
            _window.Clear();
            Pull(_wanted);
        }
    }

    // Under the gate, before anything is asked for on the new connection.
    private void BeginRecovery()
    {
        bool isOtherServer = Connection.Info.ServerId != _serverId;
        if (isOtherServer)
        {
            _progress.BeginServer();
        }

        if (_suspectUntil != ulong.MaxValue)
        {
            _suspectBefore = _suspectUntil;
        }

        _suspectUntil = ulong.MaxValue;
        Volatile.Write(ref _recovery, Task.Run(() => RecoverPatientlyAsync(isOtherServer)));
    }

    private async Task RecoverPatientlyAsync(bool isOtherServer)
    {
        while (!_isStopped && !_engine.IsStopped)
        {
            try
            {
                await RecoverAsync(isOtherServer, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is TaskEngineException or ApiException)
            {
                EngineLog.UpkeepFailed(_engine.Logger, $"Taking up the lane {Lane} again", error.Message);
                if (error is ApiException { Code: ErrorCodes.StreamNotFound })
                {
                    _engine.RepairLane(Lane);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), _time).ConfigureAwait(false);
            }
        }
    }
}
