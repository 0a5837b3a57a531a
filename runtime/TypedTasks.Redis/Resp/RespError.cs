using System.Text;

namespace TypedTasks.Redis.Resp;

/// <summary>The errors that the engine tells apart, by the first word of the error line.</summary>
internal enum RespErrorKind
{
    Other,
    Ask,
    Busy,
    BusyGroup,
    ClusterDown,
    CrossSlot,
    Loading,
    MasterDown,
    Misconfigured,
    Moved,
    NoAuth,
    NoGroup,
    NoPermission,
    NoProtocol,
    NoReplicas,
    NoScript,
    OutOfMemory,
    ReadOnly,
    TryAgain,
    Unblocked,
    WrongPassword,
    WrongType,
}

/// <summary>An error that the server answered.</summary>
internal readonly record struct RespError(RespErrorKind Kind, string Message)
{
    internal static RespError Parse(ReadOnlySpan<byte> line) => new(Classify(line), Encoding.UTF8.GetString(line));

    internal static RespErrorKind Classify(ReadOnlySpan<byte> line)
    {
        // Before 7.0 an error inside a script is wrapped: "ERR Error running script (call to f_..): @user_script:1: -OOM command not allowed ..".
        int wrapped = line.StartsWith("ERR Error running script"u8) ? line.IndexOf(": -"u8) : -1;
        if (wrapped >= 0)
        {
            line = line[(wrapped + 3)..];
        }

        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> code = space < 0 ? line : line[..space];
        return code switch
        {
            _ when code.SequenceEqual("ASK"u8) => RespErrorKind.Ask,
            _ when code.SequenceEqual("BUSY"u8) => RespErrorKind.Busy,
            _ when code.SequenceEqual("BUSYGROUP"u8) => RespErrorKind.BusyGroup,
            _ when code.SequenceEqual("CLUSTERDOWN"u8) => RespErrorKind.ClusterDown,
            _ when code.SequenceEqual("CROSSSLOT"u8) => RespErrorKind.CrossSlot,
            _ when code.SequenceEqual("LOADING"u8) => RespErrorKind.Loading,
            _ when code.SequenceEqual("MASTERDOWN"u8) => RespErrorKind.MasterDown,
            _ when code.SequenceEqual("MISCONF"u8) => RespErrorKind.Misconfigured,
            _ when code.SequenceEqual("MOVED"u8) => RespErrorKind.Moved,
            _ when code.SequenceEqual("NOAUTH"u8) => RespErrorKind.NoAuth,
            _ when code.SequenceEqual("NOGROUP"u8) => RespErrorKind.NoGroup,
            _ when code.SequenceEqual("NOPERM"u8) => RespErrorKind.NoPermission,
            _ when code.SequenceEqual("NOPROTO"u8) => RespErrorKind.NoProtocol,
            _ when code.SequenceEqual("NOREPLICAS"u8) => RespErrorKind.NoReplicas,
            _ when code.SequenceEqual("NOSCRIPT"u8) => RespErrorKind.NoScript,
            _ when code.SequenceEqual("OOM"u8) => RespErrorKind.OutOfMemory,
            _ when code.SequenceEqual("READONLY"u8) => RespErrorKind.ReadOnly,
            _ when code.SequenceEqual("TRYAGAIN"u8) => RespErrorKind.TryAgain,
            _ when code.SequenceEqual("UNBLOCKED"u8) => RespErrorKind.Unblocked,
            _ when code.SequenceEqual("WRONGPASS"u8) => RespErrorKind.WrongPassword,
            _ when code.SequenceEqual("WRONGTYPE"u8) => RespErrorKind.WrongType,
            _ => RespErrorKind.Other,
        };
    }
}
