using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>The last token of a subject that holds one message: a task's id, which is written without becoming a text first, or a text that was escaped.</summary>
internal readonly record struct SubjectKey
{
    private readonly string? _text;
    private readonly TaskId _id;

    private SubjectKey(string? text, TaskId id) => (_text, _id) = (text, id);

    public static implicit operator SubjectKey(TaskId id) => new(null, id);

    public static implicit operator SubjectKey(string escaped) => new(escaped, default);

    /// <summary>Appends it to what was written of a subject.</summary>
    public void AppendTo(OutgoingFrame frame)
    {
        if (_text is null)
        {
            frame.Append(_id);
        }
        else
        {
            frame.AppendText(_text);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? _id.ToString("N", null);
}
