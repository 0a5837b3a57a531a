using System.Xml.Linq;
using TypedTasks.Load.Sweeps;

namespace TypedTasks.Load.Tests;

public sealed class ChartTests
{
    [Fact]
    public void A_chart_has_a_line_for_each_engine_in_both_of_its_panels_and_stays_in_its_frame()
    {
        var chart = new Chart("callers");
        chart.Add("nats", [(1, Report(10_000)), (16, Report(123_456)), (256, Report(199_999))]);
        chart.Add("redis", [(1, Report(0)), (16, Report(1)), (256, Report(99))]);

        XElement svg = XElement.Parse(chart.ToSvg());

        List<XElement> lines = [.. svg.Descendants().Where(static element => element.Name.LocalName == "polyline")];
        Assert.Equal(4, lines.Count);
        Assert.All(lines, static line =>
        {
            double[][] points = [.. line.Attribute("points")!.Value.Split(' ').Select(static point => point.Split(',').Select(double.Parse).ToArray())];
            Assert.Equal(3, points.Length);
            Assert.All(points, static point => Assert.True(point is [>= 0 and <= 400, >= 0 and <= 200]));
        });
    }

    private static LoadReport Report(double rate) => new() { Tasks = 1_000, TasksPerSecond = rate, CpuSeconds = rate / 1e6 };
}
