using System.Collections.Frozen;
using TypedTasks.MessagePack;

namespace TypedTasks.Envelopes;

/// <summary>Decodes the headers' map when a handler asks for it.</summary>
internal static class EnvelopeHeaders
{
    internal static readonly IReadOnlyDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    /// <exception cref="MessagePackException">The bytes are no map of strings, name a header twice, or hold too many.</exception>
    internal static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> map)
    {
        if (map.IsEmpty)
        {
            return None;
        }

        var reader = new MessagePackReader(map);
        int count = reader.ReadMapHeader();
        if (count > EnvelopeFormat.MaxHeaders)
        {
            throw new MessagePackException($"{count} headers are more than the {EnvelopeFormat.MaxHeaders} that a task may carry.");
        }

        var headers = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString() ?? throw new MessagePackException("A header has no name.");
            if (!headers.TryAdd(name, reader.ReadString() ?? string.Empty))
            {
                throw new MessagePackException($"The header '{name}' is there twice.");
            }
        }

        return headers;
    }
}
