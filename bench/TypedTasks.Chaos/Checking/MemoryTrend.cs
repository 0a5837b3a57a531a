namespace TypedTasks.Chaos.Checking;

/// <summary>What a process held at a moment.</summary>
/// <param name="At">Since the run began.</param>
/// <param name="Bytes">Its resident memory.</param>
/// <param name="Descriptors">Its open files and sockets; 0 where the system does not say.</param>
internal readonly record struct MemorySample(TimeSpan At, long Bytes, int Descriptors);

/// <summary>Whether a process that lived for the whole run grew. Taken from the second half: by then what is compiled, pooled and cached once is there.</summary>
/// <param name="Process">Which.</param>
/// <param name="Minutes">How long it was watched.</param>
/// <param name="HalfwayMiB">Its resident memory halfway, in MiB.</param>
/// <param name="EndMiB">At the end.</param>
/// <param name="MiBPerHour">The slope of the straight line through the second half's samples (least squares).</param>
/// <param name="HalfwayDescriptors">Its open files and sockets halfway.</param>
/// <param name="EndDescriptors">At the end.</param>
internal sealed record MemoryTrend(string Process, double Minutes, double HalfwayMiB, double EndMiB, double MiBPerHour, int HalfwayDescriptors, int EndDescriptors)
{
    /// <summary>Fewer samples than this in the second half say nothing about a slope.</summary>
    private const int FewestSamples = 10;
    private const double MiB = 1024 * 1024;

    /// <summary>Null when there are too few samples.</summary>
    public static MemoryTrend? Of(string process, IReadOnlyList<MemorySample> samples)
    {
        MemorySample[] half = [.. samples.Skip(samples.Count / 2)];
        if (half.Length < FewestSamples)
        {
            return null;
        }

        double meanHours = half.Average(sample => sample.At.TotalHours);
        double meanMiB = half.Average(sample => sample.Bytes / MiB);
        double together = half.Sum(sample => (sample.At.TotalHours - meanHours) * ((sample.Bytes / MiB) - meanMiB));
        double alone = half.Sum(sample => Math.Pow(sample.At.TotalHours - meanHours, 2));
        return new MemoryTrend(process, samples[^1].At.TotalMinutes, half[0].Bytes / MiB, half[^1].Bytes / MiB, together / alone, half[0].Descriptors, half[^1].Descriptors);
    }
}
