// Contracts inherit contracts, markers, and what no worker could route.
namespace Jobs;

public interface IMarked<T>;

[TaskContract]
public interface ISweeps : IMarked<int>
{
    [Task, Idempotent]
    ValueTask SweepAsync(string folder);
}

[TaskContract]
public interface IDeepSweeps : ISweeps
{
    [Task, Idempotent]
    ValueTask ScrubAsync(string folder);
}

[TaskContract]
public interface {|TT111:IOpenSweeps|} : ISweeps, IAsyncDisposable
{
    [Task, Idempotent]
    ValueTask OpenAsync(string folder);
}
