using System.Diagnostics;

namespace TypedTasks.TestServers.Processes;

/// <summary>
/// Ends this process's servers when this process ends in a way that leaves it no time to (a crash, SIGKILL).
/// It is one small shell beside us that reads which servers live from a pipe; when the pipe closes, because we are gone, it
/// kills those and removes their directories. (A parent-death signal would not do: Linux ties it to the thread that
/// started the child, and pool threads come and go.)
/// </summary>
internal static class Watchdog
{
    // $servers holds "pid:start time" words. A server is killed only if the process with its id also started when it did, so an
    // id that was used again for something else is safe.
    private const string Script = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        started() { sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20; }
        servers= directories=
        while read -r change what; do
          kept=
          case $change in
            started) servers="$servers $what:$(started "$what")" ;;
            ended)
              for server in $servers; do [ "${server%%:*}" = "$what" ] || kept="$kept $server"; done
              servers=$kept ;;
            made) directories="$directories $what" ;;
            removed)
              for directory in $directories; do [ "$directory" = "$what" ] || kept="$kept $directory"; done
              directories=$kept ;;
          esac
        done
        for server in $servers; do
          [ "$(started "${server%%:*}")" = "${server#*:}" ] && kill -9 "${server%%:*}"
        done
        for directory in $directories; do
          case $directory in */typedtasks-*) rm -rf "$directory" || { sleep 1; rm -rf "$directory"; } ;; esac
        done
        """;

    private static readonly Lock Gate = new();
    private static Process? Shell;

    public static void Started(int processId) => Write($"started {processId}");

    public static void Ended(int processId) => Write($"ended {processId}");

    public static void Made(string directory) => Write($"made {directory}");

    public static void Removed(string directory) => Write($"removed {directory}");

    private static void Write(string line)
    {
        lock (Gate)
        {
            if (Shell is null)
            {
                Shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true })!;
                Shell.StandardInput.NewLine = "\n";
            }

            Shell.StandardInput.WriteLine(line);
            Shell.StandardInput.Flush();
        }
    }
}
