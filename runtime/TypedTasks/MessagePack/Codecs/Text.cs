using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>Text in UTF-8; null is nil. Reading allocates the string.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringCodec : IPayloadCodec<string?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, string? value) => writer.WriteString(value);

    /// <inheritdoc/>
    public static string? Read(ref MessagePackReader reader) => reader.ReadString();
}

/// <summary>An address as the text it was made of, absolute or relative; null is nil (MessagePack-CSharp's <c>UriFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriCodec : IPayloadCodec<Uri?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Uri? value) => writer.WriteString(value?.OriginalString);

    /// <inheritdoc/>
    public static Uri? Read(ref MessagePackReader reader)
    {
        if (reader.ReadString() is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? value))
        {
            Malformed.Invalid("a URI", reader.Consumed);
        }

        return value;
    }
}

/// <summary>A version as text, for example <c>1.2.3</c>; null is nil (MessagePack-CSharp's <c>VersionFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VersionCodec : IPayloadCodec<Version?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Version? value) => writer.WriteString(value?.ToString());

    /// <inheritdoc/>
    public static Version? Read(ref MessagePackReader reader)
    {
        if (reader.ReadString() is not { } text)
        {
            return null;
        }

        if (!Version.TryParse(text, out Version? value))
        {
            Malformed.Invalid("a version", reader.Consumed);
        }

        return value;
    }
}
