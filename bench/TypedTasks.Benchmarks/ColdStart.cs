using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Benchmarks;

/// <summary>The generator's first run in a process that has just begun: what is compiled just in time is part of it, as it is for whoever builds.</summary>
internal static class ColdStart
{
    public const string Argument = "--cold-generator";
    private const int Runs = 3;

    /// <summary>Runs in a child process: one run, its milliseconds on the standard output.</summary>
    public static int Run()
    {
        CSharpCompilation compilation = GeneratorSubject.NewCompilation();
        long start = Stopwatch.GetTimestamp();
        GeneratorSubject.Check(GeneratorSubject.NewDriver().RunGenerators(compilation));
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Has a few processes do it, and writes the table of their times.</summary>
    public static string Measure()
    {
        double[] times = [.. Enumerable.Range(0, Runs).Select(_ => double.Parse(Children.Read(Argument), CultureInfo.InvariantCulture)).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"""
            | Generator, {GeneratorSubject.Contracts} contracts of 5 tasks, cold | fastest | median | slowest |
            | --- | ---: | ---: | ---: |
            | first run of a process, {Runs} processes | {times[0]:N0} ms | {times[Runs / 2]:N0} ms | {times[^1]:N0} ms |


            """);
    }
}
