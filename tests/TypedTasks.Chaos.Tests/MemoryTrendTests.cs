using TypedTasks.Chaos.Checking;

namespace TypedTasks.Chaos.Tests;

/// <summary>What a soak says of a process's memory.</summary>
public sealed class MemoryTrendTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void What_grows_in_the_second_half_has_its_slope()
    {
        MemoryTrend trend = Of(sample: i => (i * MiB, i));

        Assert.Equal(60, trend.MiBPerHour, precision: 6);
        Assert.Equal((20, 39), (trend.HalfwayMiB, trend.EndMiB));
        Assert.Equal((20, 39), (trend.HalfwayDescriptors, trend.EndDescriptors));
        Assert.Equal(39, trend.Minutes);
    }

    [Fact]
    public void What_grows_in_the_first_half_only_is_no_leak() => Assert.Equal(0, Of(sample: i => (Math.Min(i, 20) * MiB, 5)).MiBPerHour, precision: 6);

    [Fact]
    public void A_few_samples_say_nothing() =>
        Assert.Null(MemoryTrend.Of("work", [.. Enumerable.Range(0, 18).Select(i => new MemorySample(TimeSpan.FromMinutes(i), i * MiB, 0))]));

    private static MemoryTrend Of(Func<int, (int Bytes, int Descriptors)> sample) =>
        MemoryTrend.Of("work", [.. Enumerable.Range(0, 40).Select(i => new MemorySample(TimeSpan.FromMinutes(i), sample(i).Bytes, sample(i).Descriptors))])!;
}
