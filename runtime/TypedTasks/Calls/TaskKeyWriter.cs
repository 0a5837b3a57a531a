using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace TypedTasks.Calls;

/// <summary>
/// Writes an idempotency key as UTF-8 text into a caller's buffer, part by part, with invariant formatting, so that every machine writes the same key.
/// </summary>
/// <remarks>
/// A part that is text, or whose type formats itself to text, is escaped (<c>%</c> and <c>:</c> become <c>%25</c> and <c>%3A</c>), so that parts cannot run
/// into each other; control characters are, too, for no store takes them in a name. Dates and times keep their colons: their number is always the same.
/// Not thread-safe; allocates only to escape what a type that is not text formatted.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TaskKeyWriter
{
    /// <summary>The longest key, in UTF-8 bytes: it is a name in the engine's store, not a payload. With the longest task name before it, it is within a state key's 640 bytes.</summary>
    public const int MaxLength = 500;

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(char.IsControl), '%', ':']);

    /// <summary>The bytes that what is to be escaped begins with; 0xC2 begins the control characters past ASCII, and others.</summary>
    private static readonly SearchValues<byte> MayBeEscaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), 0x7f, 0xc2, (byte)'%', (byte)':']);

    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Writes into <paramref name="buffer"/>, which holds at least <see cref="MaxLength"/> bytes.</summary>
    public TaskKeyWriter(Span<byte> buffer) => _buffer = buffer;

    /// <summary>The key so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Appends text of the template itself, unescaped.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void AppendLiteral(string text)
    {
        if (!Encoding.UTF8.TryGetBytes(text, _buffer[_length..], out int written))
        {
            ThrowTooLong();
        }

        _length += written;
    }

    /// <summary>Appends a text part, escaped.</summary>
    /// <exception cref="TaskKeyException">The text is null, or the key is too long.</exception>
    public void Append(string? text)
    {
        if (text is null)
        {
            throw Absent();
        }

        ReadOnlySpan<char> rest = text;
        while (rest.IndexOfAny(Escaped) is int special and >= 0)
        {
            AppendRaw(rest[..special]);
            AppendLiteral(rest[special] switch
            {
                '%' => "%25",
                ':' => "%3A",
                char control => $"%{(int)control:X2}",
            });
            rest = rest[(special + 1)..];
        }

        AppendRaw(rest);
    }

    /// <summary>Appends a formattable part (a number, a GUID, an identifier of the user's own) in invariant form, escaped.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append<T>(T value)
        where T : IUtf8SpanFormattable
    {
        int start = _length;
        Append(value, default);
        if (typeof(T) != typeof(TimeSpan) && _buffer[start.._length].ContainsAny(MayBeEscaped))
        {
            string text = Encoding.UTF8.GetString(_buffer[start.._length]);
            _length = start;
            Append(text);
        }
    }

    /// <summary>Appends a number without the zeros at its end: 129.9 and 129.90 are the same amount, so they make the same key.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(decimal value) => Append(value == 0 ? 0 : value, "0.############################");

    /// <summary>Appends a date and time in the round-trip form <c>O</c>, as the UTC that a worker gets: a local one of whatever zone makes the key of its instant.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(DateTime value) =>
        Append(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc), "O");

    /// <summary>Appends an instant in UTC, in the round-trip form <c>O</c>: 14:00+02:00 and 12:00+00:00 are the same instant, so they make the same key.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(DateTimeOffset value) => Append(value.ToUniversalTime(), "O");

    /// <summary>Appends a date in the round-trip form <c>O</c>.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(DateOnly value) => Append(value, "O");

    /// <summary>Appends a time in the round-trip form <c>O</c>.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(TimeOnly value) => Append(value, "O");

    /// <summary>Appends <c>true</c> or <c>false</c>.</summary>
    /// <exception cref="TaskKeyException">The key is too long.</exception>
    public void Append(bool value) => AppendLiteral(value ? "true" : "false");

    /// <summary>Checks a value that the key is made of.</summary>
    /// <exception cref="TaskKeyException">It is null.</exception>
    public static T Present<T>(T? value)
        where T : class => value ?? throw Absent();

    /// <summary>Checks a value that the key is made of.</summary>
    /// <exception cref="TaskKeyException">It is null.</exception>
    public static T Present<T>(T? value)
        where T : struct => value ?? throw Absent();

    private void Append<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(_buffer[_length..], out int written, format, CultureInfo.InvariantCulture))
        {
            ThrowTooLong();
        }

        _length += written;
    }

    private void AppendRaw(ReadOnlySpan<char> text)
    {
        if (!Encoding.UTF8.TryGetBytes(text, _buffer[_length..], out int written))
        {
            ThrowTooLong();
        }

        _length += written;
    }

    private static TaskKeyException Absent() =>
        new("A part of the idempotency key is null. Tasks without it would all share one key; pass a value.");

    private static void ThrowTooLong() =>
        throw new TaskKeyException($"The idempotency key is longer than {MaxLength} bytes. Use an identifier, not the content, as the key.");
}
