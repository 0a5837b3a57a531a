using TypedTasks.MessagePack;
using TypedTasks.Shared;

namespace TypedTasks.Envelopes;

/// <summary>
/// A delivered envelope, read once into places and numbers: nothing is copied and nothing is allocated until somebody asks.
/// </summary>
internal struct EnvelopeView
{
    private static readonly TimeSpan RepeatedOutcomeKept = TimeSpan.FromHours(1);

    private ReadOnlyMemory<byte> _bytes;
    private Range _name;
    private Range _key;
    private Range _traceParent;
    private Range _traceState;
    private Range _headers;
    private Range _next;
    private Range _canvas;
    private Range _schedule;
    private Range _arguments;

    internal TaskId Id { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    internal long EnqueuedAt { get; private set; }

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long NotBefore { get; private set; }

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long Expires { get; private set; }

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long Deadline { get; private set; }

    internal TaskId Parent { get; private set; }

    /// <summary>The occurrence of a schedule that the task was enqueued for, in Unix milliseconds; 0 for none.</summary>
    internal long Occurrence { get; private set; }

    /// <summary>The schedule's name; empty for none.</summary>
    internal readonly ReadOnlySpan<byte> Schedule => _bytes.Span[_schedule];

    /// <summary>Whether the task is a step of a canvas.</summary>
    internal readonly bool IsStep => !_canvas.Equals(default);

    /// <summary>The canvas that the task is a step of; empty for none.</summary>
    internal readonly TaskId Canvas => IsStep ? TaskId.Read(_bytes.Span[_canvas]) : TaskId.Empty;

    /// <summary>Whether something follows the task in its canvas.</summary>
    internal readonly bool HasNext => !_next.Equals(default);

    internal readonly ReadOnlySpan<byte> Name => _bytes.Span[_name];

    internal readonly ReadOnlySpan<byte> Key => _bytes.Span[_key];

    internal readonly ReadOnlySpan<byte> TraceParent => _bytes.Span[_traceParent];

    internal readonly ReadOnlySpan<byte> TraceState => _bytes.Span[_traceState];

    /// <summary>The headers' map, undecoded; empty for none.</summary>
    internal readonly ReadOnlySpan<byte> Headers => _bytes.Span[_headers];

    /// <summary>What follows the task in its canvas, undecoded; empty for nothing.</summary>
    internal readonly ReadOnlyMemory<byte> Next => _bytes[_next];

    /// <summary>The arguments' array, undecoded.</summary>
    internal readonly ReadOnlySpan<byte> Arguments => _bytes.Span[_arguments];

    /// <summary>
    /// How long the task's outcome is kept: that of a step, or of an occurrence, at least for as long as it may be enqueued again, by a second delivery of the step before or by another host; for that is how
    /// it is recognised.
    /// </summary>
    internal readonly TimeSpan KeepOutcomeOf(TaskDescriptor task) =>
        (IsStep || Occurrence != 0) && task.KeepOutcome < RepeatedOutcomeKept ? RepeatedOutcomeKept : task.KeepOutcome;

    /// <summary>Reads an envelope of any origin.</summary>
    /// <exception cref="MessagePackException">The bytes are no envelope, or one of an unknown version.</exception>
    internal static EnvelopeView Read(ReadOnlyMemory<byte> envelope)
    {
        var view = new EnvelopeView { _bytes = envelope };
        var reader = new MessagePackReader(envelope.Span);
        int elements = reader.ReadArrayHeader();
        int version = elements > 0 ? reader.ReadInt32() : 0;
        if (version != EnvelopeFormat.Version)
        {
            throw new MessagePackException($"This is an envelope of version {version}; this worker reads version {EnvelopeFormat.Version}. Upgrade the worker before the producers.");
        }

        if (elements < EnvelopeFormat.Elements)
        {
            throw new MessagePackException($"An envelope has {EnvelopeFormat.Elements} elements; this one has {elements}.");
        }

        view.Id = ReadId(ref reader);
        view._name = ReadText(ref reader);
        view.EnqueuedAt = ReadTime(ref reader);
        view.ReadAttributes(ref reader);
        view._arguments = Skip(ref reader);
        for (int extra = EnvelopeFormat.Elements; extra < elements; extra++)
        {
            reader.Skip();
        }

        return view;
    }

    private void ReadAttributes(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return;
        }

        int count = reader.ReadMapHeader();
        for (int i = 0; i < count; i++)
        {
            switch (reader.ReadInt32())
            {
                case EnvelopeFormat.Attributes.Key:
                    _key = ReadText(ref reader);
                    break;
                case EnvelopeFormat.Attributes.NotBefore:
                    NotBefore = ReadTime(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Expires:
                    Expires = ReadTime(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Deadline:
                    Deadline = ReadTime(ref reader);
                    break;
                case EnvelopeFormat.Attributes.TraceParent:
                    _traceParent = ReadText(ref reader);
                    break;
                case EnvelopeFormat.Attributes.TraceState:
                    _traceState = ReadText(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Parent:
                    Parent = ReadId(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Headers:
                    _headers = Skip(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Next:
                    _next = Skip(ref reader);
                    break;
                case EnvelopeFormat.Attributes.Canvas:
                    ReadId(ref reader);
                    _canvas = ((int)reader.Consumed - TaskId.Size)..(int)reader.Consumed;
                    break;
                case EnvelopeFormat.Attributes.Occurrence:
                    ReadOccurrence(ref reader);
                    break;
                default:
                    // An attribute of a later producer: what this worker does not know, it does not need.
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadOccurrence(ref MessagePackReader reader)
    {
        int elements = reader.ReadArrayHeader();
        if (elements < EnvelopeFormat.OccurrenceElements)
        {
            throw new MessagePackException($"An occurrence has {EnvelopeFormat.OccurrenceElements} elements; this one has {elements}.");
        }

        _schedule = ReadText(ref reader);
        Occurrence = ReadTime(ref reader);
        reader.SkipRemaining(elements - EnvelopeFormat.OccurrenceElements);
    }

    /// <exception cref="MessagePackException">The next value is not the 16 bytes of an id.</exception>
    internal static TaskId ReadId(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBinarySpan();
        if (bytes.Length != TaskId.Size)
        {
            throw new MessagePackException($"A task id has {TaskId.Size} bytes; this one has {bytes.Length}.");
        }

        return TaskId.Read(bytes);
    }

    /// <summary>Milliseconds since 1970, within what a <see cref="DateTimeOffset"/> can hold.</summary>
    /// <exception cref="MessagePackException">The next value is no such number.</exception>
    internal static long ReadTime(ref MessagePackReader reader)
    {
        long time = reader.ReadInt64();
        if (time is < 0 or > Milliseconds.Latest)
        {
            throw new MessagePackException($"{time} is not a time: milliseconds since 1970, up to the year 9999.");
        }

        return time;
    }

    private static Range ReadText(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        if (text.Length > EnvelopeFormat.MaxAttributeLength)
        {
            throw new MessagePackException($"A text of {text.Length} bytes in the envelope is longer than {EnvelopeFormat.MaxAttributeLength}.");
        }

        int end = (int)reader.Consumed;
        return (end - text.Length)..end;
    }

    private static Range Skip(ref MessagePackReader reader)
    {
        int start = (int)reader.Consumed;
        reader.Skip();
        return start..(int)reader.Consumed;
    }
}
