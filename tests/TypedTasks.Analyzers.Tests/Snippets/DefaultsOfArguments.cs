// Defaults that somebody chose, and those that stand for nothing.
namespace Documents;

public enum Paper
{
    A4,
    Letter,
}

public static class Defaults
{
    public const string Culture = "de-CH";
}

[TaskContract]
public interface IPrints
{
    [Task, Idempotent]
    Task PrintAsync(
        Guid document,
        Paper {|TT109:paper|} = Paper.Letter,
        string {|TT109:culture|} = Defaults.Culture,
        bool duplex = false,
        int copies = default,
        string? note = null,
        CancellationToken cancellationToken = default);
}
