// Chains that grow: in loops, by Aggregate, by what a switch says, and in local functions and async lambdas.
namespace Pipelines;

public enum Filter { Blur, Sharpen, Crop }

[TaskContract]
public interface IImages
{
    [Task, Idempotent] ValueTask<Uri> LoadAsync(Uri source);
    [Task, Idempotent] ValueTask<Uri> BlurAsync(Uri image, double radius);
    [Task, Idempotent] ValueTask<Uri> SharpenAsync(Uri image);
    [Task, Idempotent] ValueTask<Uri> CropAsync(Uri image, int width, int height);
    [Task, Idempotent] ValueTask StoreAsync(Uri image, string name);
    [Task, Idempotent] ValueTask TouchAsync(DateOnly day);
}

public sealed class Images(ITaskCanvas canvas)
{
    private readonly Func<Uri, CancellationToken, Task<TaskId>> _start = async (source, token) =>
    {
        TaskHandle<Uri> handle = await canvas.EnqueueAsync(Canvas.Chain(ImagesTasks.Load(source)).Then(ImagesTasks.SharpenLink()), cancellationToken: token);
        return handle.Id;
    };

    public async Task<IReadOnlyList<TaskId>> StartAsync(IAsyncEnumerable<(Uri Source, Filter[] Filters)> images, CancellationToken cancellationToken)
    {
        List<TaskId> ids = [];
        await foreach ((Uri source, Filter[] filters) in images.WithCancellation(cancellationToken))
        {
            TaskChain<Uri> chain = Canvas.Chain(ImagesTasks.Load(source));
            foreach (Filter filter in filters)
            {
                chain = chain.Then(LinkOf(filter));
            }

            TaskChain<NoResult> stored = chain.Then(ImagesTasks.StoreLink(source.Segments[^1]));
            ids.Add((await canvas.EnqueueAsync(stored, default, cancellationToken)).Id);
        }

        ids.Add(await _start(new Uri("https://images.example/last"), cancellationToken));
        return ids;

        static TaskLink<Uri, Uri> LinkOf(Filter filter) => filter switch
        {
            Filter.Blur => ImagesTasks.BlurLink(2.5),
            Filter.Crop => ImagesTasks.CropLink(100, 200),
            _ => ImagesTasks.SharpenLink(),
        };
    }

    public static TaskChain<Uri> SharpenedTimes(Uri source, int times) =>
        Enumerable.Range(0, times).Aggregate(Canvas.Chain(ImagesTasks.Load(source)), (chain, _) => chain.Then(ImagesTasks.SharpenLink()));

    public static TaskChain<NoResult> Days(DateOnly first, int days)
    {
        TaskChain<NoResult>? all = null;
        for (DateOnly day = first; day < first.AddDays(days); day = day.AddDays(1))
        {
            all = all?.Then(ImagesTasks.Touch(day)) ?? Canvas.Chain(ImagesTasks.Touch(day));
        }

        return all ?? throw new ArgumentOutOfRangeException(nameof(days));
    }
}
