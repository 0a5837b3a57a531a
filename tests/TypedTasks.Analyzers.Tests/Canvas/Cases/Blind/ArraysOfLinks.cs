// Links and calls in arrays, lists and dictionaries, as members, where they fit and where they do not.
namespace Checks;

[TaskContract]
public interface IChecks
{
    [Task, Idempotent] ValueTask<Uri> FetchAsync(string name);
    [Task, Idempotent] ValueTask<bool> ScanAsync(Uri file, string scanner);
    [Task, Idempotent] ValueTask<bool> SizeAsync(long length, int limit);
    [Task, Idempotent] ValueTask<bool> AllAsync(bool[] passed);
}

public sealed class Checks(ITaskClient<IChecks> checks, ITaskCanvas canvas)
{
    private static readonly string[] Scanners = ["one", "two"];

    private readonly TaskLink<long, bool>[] _sizes = [ChecksTasks.SizeLink(1), ChecksTasks.SizeLink(2)];

    private readonly IReadOnlyDictionary<string, TaskLink<Uri, bool>> _scans = Scanners.ToDictionary(name => name, ChecksTasks.ScanLink);

    public TaskChain<bool> Scanned(string name) => Canvas.Chain(ChecksTasks.Fetch(name)).ThenGroup(_scans.Values).Join(JoinOn.AllSucceeded, ChecksTasks.AllLink());

    public TaskGroup<bool> Sized(string name) => Canvas.Chain(ChecksTasks.Fetch(name)).ThenGroup({|TT801:_sizes|});

    public TaskChain<bool> SizedFirst(string name) => Canvas.Chain(ChecksTasks.Fetch(name)).Then({|TT801:_sizes[0]|});

    public TaskGroup<bool> Alone() => Canvas.Group({|TT804:_sizes|});

    public async Task ManyAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var calls = names.Select(name => ChecksTasks.Fetch(name)).ToArray();
        await checks.EnqueueManyAsync(calls, cancellationToken: cancellationToken);
        await checks.EnqueueManyAsync({|TT804:_scans.Values|}, cancellationToken: cancellationToken);
        await canvas.EnqueueAsync(Canvas.Group(calls.Take(5).Reverse()));
        await canvas.EnqueueAsync(Canvas.Group(calls.Select(call => Canvas.Chain(call).Then(_scans["one"]))));
    }
}
