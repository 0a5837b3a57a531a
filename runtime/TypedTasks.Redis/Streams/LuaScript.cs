using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>A script of <c>Scripts/</c>, known to the server by the SHA-1 of its text.</summary>
internal sealed class LuaScript
{
    private readonly byte[] _hash;

    // A script is one text to the server: what several have in common stands before each.
    private LuaScript(params string[] parts)
    {
        Text = string.Concat(parts.Select(Read));
        _hash = Hash(Text);
    }

    internal static LuaScript Ensure { get; } = new("epoch", "ensure");

    internal static LuaScript Register { get; } = new("register");

    internal static LuaScript Enqueue { get; } = new("enqueue");

    internal static LuaScript Find { get; } = new("find");

    internal static LuaScript Settle { get; } = new("settle");

    internal static LuaScript Renew { get; } = new("renew");

    internal static LuaScript Claim { get; } = new("epoch", "claim");

    internal static LuaScript Orphans { get; } = new("orphans");

    internal static LuaScript Tidy { get; } = new("tidy");

    internal static LuaScript Move { get; } = new("move");

    internal static LuaScript Pause { get; } = new("pause");

    internal static LuaScript Requeue { get; } = new("requeue");

    internal static LuaScript Discard { get; } = new("discard");

    internal static LuaScript Letters { get; } = new("letters");

    internal static LuaScript Purge { get; } = new("purge");

    internal static LuaScript Statistics { get; } = new("statistics");

    internal static LuaScript StateCreate { get; } = new("state-create");

    internal static LuaScript StateReplace { get; } = new("state-replace");

    internal static LuaScript StateDelete { get; } = new("state-delete");

    /// <summary>The texts of all scripts, loaded on each new connection.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Ensure, Register, Enqueue, Find, Settle, Renew, Claim, Orphans, Tidy, Move, Pause, Requeue, Discard, Letters, Purge, Statistics, StateCreate, StateReplace, StateDelete }.Select(static script => script.Text),
    ];

    internal string Text { get; }

    /// <summary>Starts <c>EVALSHA &lt;hash&gt; &lt;keys&gt;</c>; the keys and arguments follow.</summary>
    internal void WriteTo(RespBuffer request, int keys, int arguments)
    {
        request.WriteCommand(3 + keys + arguments);
        request.WriteBulk("EVALSHA"u8);
        request.WriteBulk(_hash);
        request.WriteBulk(keys);
    }

    private static string Read(string name)
    {
        using Stream resource = typeof(LuaScript).Assembly.GetManifestResourceStream(name + ".lua") ?? throw new InvalidOperationException($"The script {name} is missing from the assembly.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [SuppressMessage("Security", "CA5350", Justification = "The name that Redis gives to a script; nothing is protected by it.")]
    private static byte[] Hash(string text) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))));
}
