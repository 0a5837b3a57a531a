// Durations by constants of other classes, attributes over several lists, arguments in any order.
namespace Exports;

public static class Limits
{
    public const string Patient = "90 seconds";
    public const string Hours = "2";
    public const string Whole = Hours + "h";
    public const int None = 0;
}

[TaskContract]
public interface IExports
{
    [Task(MaxAttempts = 4, TimeLimit = {|TT108:Limits.Patient|})]
    [Idempotent]
    Task ExportAsync(Guid tenant);

    [Idempotent, Task(Backoff = {|TT108:"10s..1s"|}, Expires = Limits.Whole)]
    Task ResumeAsync(Guid tenant);

    [Idempotent(Window = {|TT108:"a week"|}, Key = nameof(tenant))]
    [Task(MaxAttempts = {|TT108:Limits.None|})]
    Task DropAsync(Guid tenant);
}
