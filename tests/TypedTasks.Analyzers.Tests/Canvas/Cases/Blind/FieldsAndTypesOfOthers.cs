// Links and calls where others want something else: fields, returns, other generic methods, collections, comparisons.
namespace Elsewhere;

[TaskContract]
public interface IJobs
{
    [Task, Idempotent] ValueTask<int> CountAsync(string name);
    [Task, Idempotent] ValueTask<string> NameAsync(int count, string unit);
}

public sealed class Jobs
{
    private readonly TaskLink<string, int> _wrong = JobsTasks.NameLink("kg"); // refused

    private readonly List<TaskLink<int, string>> _links = [JobsTasks.NameLink("kg"), JobsTasks.NameLink("m")];

    public static TaskChain<int> Returned(string name) => JobsTasks.Count(name); // refused

    public static void Listed(List<TaskChain<int>> chains, string name) => chains.Add(JobsTasks.CountLink()); // refused

    public static Task Completed(string name) => Task.WhenAll(JobsTasks.Count(name)); // refused

    public static bool Same() => JobsTasks.CountLink() == JobsTasks.NameLink("kg"); // refused

    public void Then(int count) => Elsewhere(JobsTasks.NameLink("kg")); // refused

    public void Group(int count) => Group(JobsTasks.NameLink("kg")); // refused

    public static void Join<T>(IEnumerable<TaskLink<T, T>> links, string unit) => Join([JobsTasks.NameLink(unit)], unit); // refused

    public static Thread Chain(Thread thread)
    {
        thread.Join(JobsTasks.NameLink("kg")); // refused
        string.Join(", ", JobsTasks.NameLink("kg"), JobsTasks.CountLink());
        _ = new[] { 1 }.Join(new[] { JobsTasks.NameLink("kg") }, x => x, y => y.Missing, (x, y) => x); // refused
        return thread;
    }

    private void Elsewhere(TaskLink<int, int> link) => _links.Clear();
}
