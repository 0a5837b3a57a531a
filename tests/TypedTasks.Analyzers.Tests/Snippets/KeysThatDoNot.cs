// A constant, a clock, a list, two numbers side by side.
namespace Orders;

internal static class Keys
{
    internal const string Nightly = "nightly";
}

public sealed record Envelope(Guid Order, DateTimeOffset SentAtUtc, string TraceParent);

[TaskContract]
internal interface IOrderJobs
{
    [Task, Idempotent(Key = {|TT432:Keys.Nightly|})]
    Task CloseAsync(Guid tenant);

    [Task, Idempotent(Key = {|TT433:"{envelope.Order}:{envelope.SentAtUtc}"|})]
    Task PlaceAsync(Envelope envelope);

    [Task, Idempotent(Key = {|TT433:"{envelope.TraceParent}"|})]
    Task TraceAsync(Envelope envelope);

    [Task, Idempotent(Key = {|TT434:"{tenant}:{tags}"|})]
    Task TagAsync(Guid tenant, List<string> tags);

    [Task, Idempotent(Key = {|TT435:"{row}{column}"|})]
    Task MarkAsync(int row, int column);
}
