// The token where many people put it.
namespace Exports;

[TaskContract]
public interface IExports
{
    [Task]
    Task ExportAsync(Guid tenant, CancellationToken cancellationToken = default, string? {|TT107:format|} = null);

    [Task]
    Task ResumeAsync(Guid tenant, TaskContext? context = null, CancellationToken cancellationToken = default);
}
