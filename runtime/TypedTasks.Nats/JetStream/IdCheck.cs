using TypedTasks.Engine;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Asks whether an id that its caller chose was used before: its record and the dead letters remember a task that has left its lane, where the server itself refuses a second one.
/// A part of its <see cref="PublishCall"/>, used again with it; allocates nothing for an id that is new.
/// </summary>
internal sealed class IdCheck
{
    private readonly PublishCall _call;
    private readonly NatsEngine _engine;
    private readonly Look _record;
    private readonly Look _dead;
    private int _remaining;

    public IdCheck(PublishCall call, NatsEngine engine)
    {
        _call = call;
        _engine = engine;
        _record = new Look(this);
        _dead = new Look(this);
    }

    /// <summary>Asks both at once; <see cref="PublishCall.Checked"/> follows.</summary>
    public void Start(LaneNames lane, TaskId id)
    {
        RecordStream records = _engine.WorkRecords;
        _remaining = 2;
        _engine.WorkApi.WriteGetLast(_record, records.Stream, records.SubjectPrefix, id);
        _engine.WorkApi.WriteGetLast(_dead, _engine.Names.DeadStream, lane.Dead, id);
        _record.Send(_engine.WorkConnection);
        _dead.Send(_engine.WorkConnection);
    }

    /// <summary>Whether the id was used before. Once it was asked.</summary>
    /// <exception cref="TaskEngineException">The server did not answer, or not what it should.</exception>
    public bool IsKnown()
    {
        bool isDead = _engine.WorkApi.MessageOf(_dead, _engine.Names.DeadStream) is not null;
        return isDead || (_engine.WorkApi.MessageOf(_record, _engine.WorkRecords.Stream) is { } message && NatsEngine.Remembers(_engine.WorkRecords.Read(message)));
    }

    /// <summary>The exception for a task that was not sent, because this could not be asked.</summary>
    public TaskRejectedException NotSent(TaskId id, TaskEngineException error) => _engine.NotSent(id, error);

    /// <summary>The caller gave up.</summary>
    public void GiveUp()
    {
        _engine.WorkConnection.GiveUp(_record, CallFailure.Cancelled);
        _engine.WorkConnection.GiveUp(_dead, CallFailure.Cancelled);
    }

    private void Answered()
    {
        if (Interlocked.Decrement(ref _remaining) == 0)
        {
            _call.Checked();
        }
    }

    private sealed class Look(IdCheck check) : RequestCall
    {
        protected internal override void OnCompleted() => check.Answered();
    }
}
