using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.MessagePack;

/// <summary>What can be wrong with bytes. The messages name positions and formats and never the content, which may be secret.</summary>
internal static class Malformed
{
    [DoesNotReturn]
    public static void Truncated(long needed, long at, long length) =>
        throw new MessagePackException($"The payload ends too early: {needed} more bytes are needed at byte {at} of {length}.");

    [DoesNotReturn]
    public static void TooDeep(int maxDepth, long at) =>
        throw new MessagePackException($"Values are nested more than {maxDepth} deep at byte {at}.");

    [DoesNotReturn]
    public static void Unexpected(byte code, string expected, long at) =>
        throw new MessagePackException($"{expected} was expected at byte {at}, but there is {Describe(code)} (0x{code:x2}).");

    [DoesNotReturn]
    public static void OutOfRange(string type, long at) =>
        throw new MessagePackException($"The value before byte {at} is outside the range of {type}.");

    [DoesNotReturn]
    public static void Invalid(string what, long at) =>
        throw new MessagePackException($"The value before byte {at} is not {what}.");

    [DoesNotReturn]
    public static void Count(long count, long at, long remaining) =>
        throw new MessagePackException($"{count} values are declared before byte {at}, but the {remaining} bytes left cannot hold them.");

    [DoesNotReturn]
    public static void Duplicate(long at) =>
        throw new MessagePackException($"A key occurs twice in the map; its second value ends before byte {at}.");

    private static string Describe(byte code) => MessagePackCode.TypeOf(code) switch
    {
        MessagePackType.Nil => "nil",
        MessagePackType.Boolean => "a boolean",
        MessagePackType.Integer => "an integer",
        MessagePackType.Float => "a float",
        MessagePackType.String => "a string",
        MessagePackType.Binary => "binary",
        MessagePackType.Array => "an array",
        MessagePackType.Map => "a map",
        MessagePackType.Extension => "an extension",
        _ => "no MessagePack",
    };
}
