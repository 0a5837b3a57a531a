namespace TypedTasks.Nats.JetStream;

// After a reconnect: a server that was killed delivers settled tasks again and counts from 1, so its counts prove nothing up to where its stream had come. Nor do those of a consumer that was made again.
internal sealed partial class LaneConsumer
{
    private Task _recovery = Task.CompletedTask;
    private ulong _suspectUntil;
    private long _fenceEpoch;
    private string _serverId = "";
    private ulong _suspectBefore;
    private DeliveryOrigin? _origin;

    /// <summary>Where what is delivered now comes from.</summary>
    public DeliveryOrigin Origin => Volatile.Read(ref _origin)!;

    /// <summary>Whether that is still so, of the server that is connected: with replicas, the others remember what one of them forgot.</summary>
    public bool IsCurrent(DeliveryOrigin origin) => origin == Origin && (_engine.Options.Replicas > 1 || origin.ServerId == Connection.Info.ServerId);

    /// <summary>Learns the fence's epoch, and how far the stream had come when the server began, if a worker saw it begin.</summary>
    public async Task RecoverAsync(bool isOtherServer, CancellationToken cancellationToken)
    {
        _serverId = Connection.Info.ServerId;
        ulong until = isOtherServer ? await _engine.Topology.FindEndAsync(_names, cancellationToken).ConfigureAwait(false) : 0;
        LaneEpoch epoch = await _engine.Epochs.ObtainAsync(Lane, _serverId, until, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _fenceEpoch, epoch.Number);
        if (isOtherServer)
        {
            _engine.CleanUntil(this, until, null);
        }
        else if (epoch.SuspectUntil > 0)
        {
            // Others saw the server begin. A stream that was made again since ends earlier.
            until = Math.Min(epoch.SuspectUntil, await _engine.Topology.FindEndAsync(_names, cancellationToken).ConfigureAwait(false));
        }

        ulong before = Volatile.Read(ref _suspectBefore);
        Volatile.Write(ref _suspectUntil, Math.Max(until, before));
    }

    /// <summary>Somebody began another epoch: deliveries from now on bear it, and what the server held as it began may have been delivered before.</summary>
    public async Task RefreshEpochQuietlyAsync()
    {
        try
        {
            LaneEpoch epoch = await _engine.Epochs.CurrentAsync(Lane, CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _fenceEpoch, Math.Max(epoch.Number, Volatile.Read(ref _fenceEpoch)));
            Volatile.Write(ref _suspectUntil, Math.Max(epoch.SuspectUntil, Volatile.Read(ref _suspectUntil)));
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
        Volatile.Write(ref _fenceEpoch, (await _engine.Epochs.ObtainAsync(Lane, once, 0, cancellationToken).ConfigureAwait(false)).Number);
        lock (_gate)
        {
            OnConsumerGone();
            _window.Clear();
            Pull(_wanted);
        }
    }

    // Under the gate. Whoever makes the consumer again, everything that the stream holds is delivered once more.
    private void OnConsumerGone()
    {
        Volatile.Write(ref _origin, new DeliveryOrigin(Connection.Info.ServerId));
        BeginRecovery(isOtherServer: true);
    }

    // Under the gate, before anything is asked for on the new connection.
    private void OnConnected()
    {
        string server = Connection.Info.ServerId;
        if (_origin is null || (_origin.ServerId != server && _engine.Options.Replicas == 1))
        {
            Volatile.Write(ref _origin, new DeliveryOrigin(server));
        }

        if (!_hasSubscribed)
        {
            _hasSubscribed = true;
            return;
        }

        bool isOtherServer = server != _serverId;
        if (isOtherServer)
        {
            _progress.BeginServer();
        }

        BeginRecovery(isOtherServer);
    }

    // Under the gate.
    private void BeginRecovery(bool isOtherServer)
    {
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
