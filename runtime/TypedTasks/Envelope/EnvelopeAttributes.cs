using System.Text;
using TypedTasks.Canvases;
using TypedTasks.MessagePack;
using TypedTasks.Scheduling;

namespace TypedTasks.Envelopes;

/// <summary>What travels beside the arguments, on the way out. A value of mostly nothing: what is default is not written.</summary>
internal struct EnvelopeAttributes
{
    /// <summary>The caller's idempotency key, in place of the derived one.</summary>
    internal string? Key;

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long NotBefore;

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long Expires;

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long Deadline;

    /// <summary>The W3C trace context of the producing span.</summary>
    internal string? TraceParent;

    internal string? TraceState;

    /// <summary>The task whose handler enqueued this one; empty for none.</summary>
    internal TaskId Parent;

    internal IReadOnlyDictionary<string, string>? Headers;

    /// <summary>The task's place in a canvas; null where it is no step of one.</summary>
    internal CanvasPlace? Canvas;

    /// <summary>The occurrence of a schedule that the task was enqueued for; null for none.</summary>
    internal ScheduleOccurrence? Occurrence;

    /// <summary>Writes nil or the map, with <paramref name="derivedKey"/> where the caller gave no key.</summary>
    internal readonly void Write(ref MessagePackWriter writer, scoped ReadOnlySpan<byte> derivedKey)
    {
        bool hasKey = Key is not null || !derivedKey.IsEmpty;
        int count = (hasKey ? 1 : 0)
            + (NotBefore != 0 ? 1 : 0)
            + (Expires != 0 ? 1 : 0)
            + (Deadline != 0 ? 1 : 0)
            + (TraceParent is not null ? 1 : 0)
            + (TraceState is not null ? 1 : 0)
            + (!Parent.IsEmpty ? 1 : 0)
            + (Headers is { Count: > 0 } ? 1 : 0)
            + (Canvas is null ? 0 : Canvas.Next.IsEmpty ? 1 : 2)
            + (Occurrence is null ? 0 : 1);
        if (count == 0)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(count);
        if (hasKey)
        {
            writer.Write(EnvelopeFormat.Attributes.Key);
            WriteKey(ref writer, derivedKey);
        }

        WriteTime(ref writer, EnvelopeFormat.Attributes.NotBefore, NotBefore);
        WriteTime(ref writer, EnvelopeFormat.Attributes.Expires, Expires);
        WriteTime(ref writer, EnvelopeFormat.Attributes.Deadline, Deadline);
        WriteText(ref writer, EnvelopeFormat.Attributes.TraceParent, TraceParent);
        WriteText(ref writer, EnvelopeFormat.Attributes.TraceState, TraceState);
        WriteId(ref writer, EnvelopeFormat.Attributes.Parent, Parent);
        if (Headers is { Count: > 0 } headers)
        {
            writer.Write(EnvelopeFormat.Attributes.Headers);
            WriteHeaders(ref writer, headers);
        }

        if (Canvas is { } place)
        {
            WritePlace(ref writer, place);
        }

        if (Occurrence is { } occurrence)
        {
            writer.Write(EnvelopeFormat.Attributes.Occurrence);
            writer.WriteArrayHeader(EnvelopeFormat.OccurrenceElements);
            writer.WriteString(occurrence.Schedule);
            writer.Write(occurrence.At);
        }
    }

    internal static void WriteId(ref MessagePackWriter writer, TaskId id)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        writer.WriteBinary(bytes);
    }

    private readonly void WriteKey(ref MessagePackWriter writer, scoped ReadOnlySpan<byte> derivedKey)
    {
        if (Key is null)
        {
            writer.WriteUtf8String(derivedKey);
        }
        else
        {
            writer.WriteString(Key);
        }
    }

    private static void WriteId(ref MessagePackWriter writer, int attribute, TaskId id)
    {
        if (!id.IsEmpty)
        {
            writer.Write(attribute);
            WriteId(ref writer, id);
        }
    }

    private static void WritePlace(ref MessagePackWriter writer, CanvasPlace place)
    {
        if (!place.Next.IsEmpty)
        {
            writer.Write(EnvelopeFormat.Attributes.Next);
            writer.WriteRaw(place.Next.Span);
        }

        WriteId(ref writer, EnvelopeFormat.Attributes.Canvas, place.Canvas);
    }

    private static void WriteTime(ref MessagePackWriter writer, int attribute, long unixMilliseconds)
    {
        if (unixMilliseconds != 0)
        {
            writer.Write(attribute);
            writer.Write(unixMilliseconds);
        }
    }

    private static void WriteText(ref MessagePackWriter writer, int attribute, string? text)
    {
        if (text is not null)
        {
            writer.Write(attribute);
            writer.WriteString(text);
        }
    }

    private static void WriteHeaders(ref MessagePackWriter writer, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > EnvelopeFormat.MaxHeaders)
        {
            throw new ArgumentException($"{headers.Count} headers are more than the {EnvelopeFormat.MaxHeaders} that a task may carry.", nameof(headers));
        }

        int left = headers.Count;
        writer.WriteMapHeader(left);
        foreach ((string name, string value) in headers)
        {
            left--;
            if (value is null)
            {
                throw new ArgumentException($"The header '{name}' is null. Leave it out, or make it empty.", nameof(headers));
            }

            if (Encoding.UTF8.GetByteCount(name) > EnvelopeFormat.MaxAttributeLength || Encoding.UTF8.GetByteCount(value) > EnvelopeFormat.MaxAttributeLength)
            {
                throw new ArgumentException($"The header '{name[..Math.Min(name.Length, 64)]}' is longer than {EnvelopeFormat.MaxAttributeLength} bytes. Send large data as an argument.", nameof(headers));
            }

            writer.WriteString(name);
            writer.WriteString(value);
        }

        if (left != 0)
        {
            Elements.ThrowChanged();
        }
    }
}
