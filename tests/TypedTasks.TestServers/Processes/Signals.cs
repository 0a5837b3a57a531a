using System.Runtime.InteropServices;

namespace TypedTasks.TestServers.Processes;

/// <summary>The signals that .NET does not send.</summary>
public static partial class Signals
{
    public const int HangUp = 1;
    public const int Terminate = 15;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    public static int User2 => OperatingSystem.IsMacOS() ? 31 : 12;

    /// <summary>Sends a signal to a process that the caller started and has not yet seen end.</summary>
    public static void Send(int processId, int signal)
    {
        // 0 and below are whole groups of processes.
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(processId, 1);
        if (Kill(processId, signal) != 0)
        {
            throw new InvalidOperationException(
                $"signal {signal} to process {processId}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
