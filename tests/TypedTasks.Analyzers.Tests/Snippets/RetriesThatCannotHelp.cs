// Permanent errors by derivation and by alias; attempts without an end and without a pause.
using Wrong = System.FormatException;

namespace Imports;

public sealed class RowException(string message) : ArgumentException(message);

public sealed class BusyException : Exception;

internal static class Policy
{
    internal const int ForEver = int.MaxValue;
}

[TaskContract]
internal interface IImports
{
    [Task(RetryOn = [typeof(BusyException), {|TT508:typeof(RowException)|}]), Idempotent]
    Task RowsAsync(Uri file);

    [Task(RetryOn = new Type[] { {|TT508:typeof(Wrong)|}, typeof(TimeoutException) }), Idempotent]
    Task CellsAsync(Uri file);

    [Task(MaxAttempts = {|TT509:Policy.ForEver|}), Idempotent]
    Task FollowAsync(Uri file);

    [Task(MaxAttempts = 10, Backoff = {|TT509:"00:00:00"|}), Idempotent]
    Task HammerAsync(Uri file);

    [Task(MaxAttempts = Policy.ForEver, Expires = "3d"), Idempotent]
    Task WaitAsync(Uri file);
}
