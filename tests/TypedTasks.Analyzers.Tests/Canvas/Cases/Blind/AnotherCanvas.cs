// A canvas to draw on, with a chain and a group that are not ours, in a file where tasks are enqueued, too.
namespace Drawing
{
    public sealed record Shape(string Name);

    public sealed class Canvas
    {
        public static Canvas Chain(params Shape[] shapes) => new() { Count = shapes.Length };

        public static Canvas Group(Shape first, Shape second) => Chain(first, second);

        public int Count { get; init; }

        public Canvas Then(Shape shape) => new() { Count = Count + shape.Name.Length };

        public Canvas Join(Canvas other) => new() { Count = Count + other.Count };
    }
}

namespace Charts
{
    using Drawing;
    using Canvas = Drawing.Canvas;

    [TaskContract]
    public interface ICharts
    {
        [Task, Idempotent] ValueTask<string> DrawAsync(string name);
        [Task, Idempotent] ValueTask PrintAsync(string drawn, int copies);
    }

    public sealed class Charts(ITaskClient<ICharts> charts, ITaskCanvas tasks)
    {
        public Canvas Legend() => Canvas.Group(new Shape("a"), new Shape("b")).Then(new Shape("c")).Join(Canvas.Chain());

        public Canvas Broken() => Canvas.Chain(ChartsTasks.PrintLink(2)); // refused

        public Canvas BrokenToo() => Canvas.Group(ChartsTasks.Draw("a"), ChartsTasks.PrintLink(2)); // refused

        public Canvas BrokenThen() => Canvas.Chain().Then(ChartsTasks.PrintLink(2)); // refused

        public async Task DrawAsync(string name)
        {
            await charts.EnqueueAsync(ChartsTasks.Draw(name));
            await tasks.EnqueueAsync(TypedTasks.Canvas.Chain(ChartsTasks.Draw(name)).Then(ChartsTasks.PrintLink(2)));
        }
    }
}
