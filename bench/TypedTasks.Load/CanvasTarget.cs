namespace TypedTasks.Load;

/// <summary>Enqueues canvases: the first of every so many numbers begins one that all of them are steps of.</summary>
internal sealed class CanvasTarget(ITaskCanvas canvas, LoadCanvas shape) : ILoadTarget
{
    /// <summary>How many steps a canvas of this shape has.</summary>
    public static int StepsOf(LoadCanvas shape) => shape switch
    {
        LoadCanvas.Chain => 5,
        LoadCanvas.Group => 100,
        _ => 1,
    };

    public ValueTask<TaskHandle<NoResult>> EnqueueAsync(long number, long stamp)
    {
        int steps = StepsOf(shape);
        return number % steps != 0 ? default : shape switch
        {
            LoadCanvas.Chain => canvas.EnqueueAsync(Enumerable.Range(1, steps - 1).Aggregate(
                Canvas.Chain(LoadTasks.Small(number, stamp)),
                (chain, step) => chain.Then(LoadTasks.Small(number + step, stamp)))),

            // The join is the last of them.
            _ => canvas.EnqueueAsync(Canvas
                .Group(Enumerable.Range(0, steps - 1).Select(step => LoadTasks.Count(number + step, stamp)))
                .Join(JoinOn.AllSucceeded, LoadTasks.AddLink(number + steps - 1, stamp))),
        };
    }
}
