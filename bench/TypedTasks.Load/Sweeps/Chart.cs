using System.Globalization;
using System.Text;

namespace TypedTasks.Load.Sweeps;

/// <summary>
/// Draws runs side by side: tasks a second and cost of a task, over one axis. A picture that needs nothing else: no script, no font, no style sheet; readable on
/// a light and on a dark page.
/// </summary>
internal sealed class Chart(string axis)
{
    private const int Width = 380;
    private const int Height = 200;
    private static readonly string[] Colours = ["#2f7ed8", "#d9822b", "#3a9d5d", "#a05195"];
    private static readonly int[] NiceSteps = [1, 2, 4, 8, 10];

    private readonly List<(string Name, IReadOnlyList<(int Point, LoadReport Report)> Line)> _lines = [];

    /// <summary>Adds an engine's runs, in the order of their points.</summary>
    public void Add(string name, IReadOnlyList<(int Point, LoadReport Report)> line) => _lines.Add((name, line));

    public string ToSvg()
    {
        var svg = new StringBuilder();
        svg.AppendLine("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 300\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#888\">");
        Panel(svg, 70, "tasks a second", static report => report.TasksPerSecond);
        Panel(svg, 550, "processor time of a task, client and server, µs", static report => report.CpuSeconds * 1e6 / report.Tasks);
        for (int i = 0; i < _lines.Count; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{70 + (i * 110)}\" y=\"290\" fill=\"{Colours[i % Colours.Length]}\">● {_lines[i].Name}</text>");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    // From zero up, so that a slope is as steep as it looks; the axis below in equal steps, for its points grow by factors.
    private void Panel(StringBuilder svg, int left, string title, Func<LoadReport, double> value)
    {
        const int Top = 35;
        double most = NiceAbove(_lines.SelectMany(line => line.Line).Max(point => value(point.Report)));
        svg.AppendLine(CultureInfo.InvariantCulture, $"<g transform=\"translate({left},{Top})\"><text y=\"-15\" font-weight=\"bold\">{title}</text>");
        for (int i = 0; i <= 4; i++)
        {
            double y = Height - (Height * i / 4.0);
            svg.AppendLine(CultureInfo.InvariantCulture, $"<path d=\"M0 {y:0.#}h{Width}\" stroke=\"#888\" stroke-opacity=\"0.3\"/><text x=\"-6\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Short(most * i / 4)}</text>");
        }

        int[] points = [.. _lines[0].Line.Select(static point => point.Point)];
        for (int i = 0; i < points.Length; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{X(i, points.Length):0.#}\" y=\"{Height + 18}\" text-anchor=\"middle\">{Short(points[i])}</text>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{Height + 36}\" text-anchor=\"middle\">{axis}</text>");
        for (int i = 0; i < _lines.Count; i++)
        {
            IEnumerable<string> line = _lines[i].Line.Select((point, at) =>
                string.Create(CultureInfo.InvariantCulture, $"{X(at, points.Length):0.#},{Height - (Height * value(point.Report) / most):0.#}"));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke-width=\"2\" stroke=\"{Colours[i % Colours.Length]}\" points=\"{string.Join(' ', line)}\"/>");
        }

        svg.AppendLine("</g>");
    }

    private static double X(int index, int count) => 10 + ((Width - 20.0) * index / Math.Max(1, count - 1));

    private static double NiceAbove(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-3))));
        return NiceSteps.First(step => step * unit >= value) * unit;
    }

    private static string Short(double value) => value switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#}M"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"),
    };
}
