using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TypedTasks.Load;

/// <summary>
/// Waits until a moment, to some microseconds. On Linux the thread sleeps (<c>clock_nanosleep</c>, as finely as the kernel's timers are): one that spins takes a core
/// from the server that is measured on the same machine, and what waits for that core is then read as latency. Elsewhere it spins.
/// </summary>
internal static partial class Pacer
{
    private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK, prctl(2)
    private const int Monotonic = 1; // CLOCK_MONOTONIC, what Stopwatch reads
    private const int Absolute = 1; // TIMER_ABSTIME
    private const long Second = 1_000_000_000;

    /// <summary>Asks for sleeps that end when they should, on this thread: the kernel joins them to 50 µs otherwise.</summary>
    public static void Begin()
    {
        if (Sleeps)
        {
            _ = Control(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>Returns at <paramref name="moment"/> of <see cref="Stopwatch"/>, or at once when it is over.</summary>
    public static void WaitUntil(long moment)
    {
        while (Stopwatch.GetTimestamp() < moment)
        {
            if (Sleeps)
            {
                // Interrupted by a signal, it is called again.
                _ = Sleep(Monotonic, Absolute, new Timespec { Seconds = (nint)(moment / Second), Nanoseconds = (nint)(moment % Second) }, 0);
            }
            else
            {
                Thread.SpinWait(8);
            }
        }
    }

    private static bool Sleeps => OperatingSystem.IsLinux() && Stopwatch.Frequency == Second;

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(int clock, int flags, in Timespec until, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint argument, nuint unused3, nuint unused4, nuint unused5);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
