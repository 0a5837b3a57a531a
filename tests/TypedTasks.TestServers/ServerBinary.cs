using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TypedTasks.TestServers;

/// <summary>A broker's program on this machine.</summary>
/// <param name="Kind">The broker.</param>
/// <param name="Path">Where the program is.</param>
/// <param name="Release">What it says its version is.</param>
public sealed partial record ServerBinary(ServerKind Kind, string Path, Version Release)
{
    private static readonly ConcurrentDictionary<ServerKind, IReadOnlyList<ServerBinary>> Known = new();

    /// <summary>The directory that tests/servers.sh unpacks servers into.</summary>
    public static string UnpackDirectory { get; } =
        Environment.GetEnvironmentVariable("TYPEDTASKS_SERVERS") is { Length: > 0 } chosen
            ? chosen
            : System.IO.Path.Combine(CacheHome(), "typedtasks", "servers");

    /// <summary>Finds a server on PATH or in <see cref="UnpackDirectory"/>.</summary>
    /// <returns>The program, or null and the <paramref name="reason"/> why there is none.</returns>
    public static ServerBinary? Find(ServerKind kind, ServerVersion version, out string reason)
    {
        reason = "";
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            reason = "test servers are run on Linux and macOS only";
            return null;
        }

        IReadOnlyList<ServerBinary> found = Known.GetOrAdd(kind, Search);
        if (found.Count == 0)
        {
            reason = $"no {string.Join(" or ", Names(kind))} {Oldest(kind)} or later on PATH or in {UnpackDirectory}: run tests/servers.sh";
            return null;
        }

        ServerBinary floor = found[0];
        ServerBinary newest = found[^1];
        if (version == ServerVersion.Floor)
        {
            return floor;
        }

        if (SameSeries(floor.Release, newest.Release))
        {
            reason = $"no {string.Join(" or ", Names(kind))} newer than {floor.Release} on PATH or in {UnpackDirectory}: run tests/servers.sh";
            return null;
        }

        return newest;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{System.IO.Path.GetFileName(Path)} {Release}";

    private static List<ServerBinary> Search(ServerKind kind)
    {
        // Debian keeps servers in sbin, which is not on everybody's PATH.
        IEnumerable<string> directories = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin"]);
        List<ServerBinary> found = [];
        foreach (string name in Names(kind))
        {
            IEnumerable<string> candidates = directories
                .Select(directory => System.IO.Path.Combine(directory, name))
                .Concat(Unpacked("floor", name))
                .Concat(Unpacked("newest", name));
            foreach (string path in candidates.Where(File.Exists).Distinct())
            {
                if (ReadRelease(path) is { } release && release >= Oldest(kind))
                {
                    found.Add(new ServerBinary(kind, path, release));
                }
            }
        }

        // A stable sort: of two programs of one release, the one on PATH comes first.
        return [.. found.OrderBy(binary => binary.Release)];
    }

    private static IEnumerable<string> Unpacked(string role, string name) =>
        [System.IO.Path.Combine(UnpackDirectory, role, name, "bin", name)];

    private static string[] Names(ServerKind kind) => kind switch
    {
        ServerKind.Nats => ["nats-server"],
        ServerKind.Redis => ["redis-server", "valkey-server"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Version Oldest(ServerKind kind) => kind == ServerKind.Nats ? new Version(2, 9) : new Version(7, 0);

    private static bool SameSeries(Version one, Version other) => one.Major == other.Major && one.Minor == other.Minor;

    private static Version? ReadRelease(string path)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(path, "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            // "nats-server: v2.9.10", "Redis server v=7.0.15 sha=…", "Valkey server v=8.0.1 sha=…"
            Match match = VersionPattern().Match(output);
            return match.Success ? Version.Parse(match.Groups[1].Value) : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }

    private static string CacheHome() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : System.IO.Path.Combine(
                Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : System.IO.Path.GetTempPath(), ".cache");

    [GeneratedRegex(@"v=?(\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
