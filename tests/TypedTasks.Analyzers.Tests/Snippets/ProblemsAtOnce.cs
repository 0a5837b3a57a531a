// Several things wrong in one task are all told at once.
namespace Orders;

[TaskContract]
public interface IOrders
{
    [Task(MaxAttempts = {|TT108:0|}, Backoff = {|TT108:"later"|}, Queue = {|TT204:"no queue"|})]
    [Idempotent(Key = {|TT209:"{orderr}"|}, Window = {|TT108:"0s"|})]
    Task PlaceAsync(Guid order);

    [Task]
    void {|TT102:Drop|}(in Guid {|TT103:order|}, System.IO.Stream {|TT302:file|});

    [Task(TimeLimit = {|TT108:"5 mins"|}, Expires = {|TT108:"5 mins"|}), Idempotent(Key = "{a}:{sentAt}")]
    Task LaterAsync(int a, DateTimeOffset sentAt);

    [Task, Idempotent(Key = {|TT433:"{a}:{sentAt}"|})]
    Task SentAsync(int a, DateTimeOffset sentAt);

    [Task, Idempotent]
    Task AtAsync(DateTime {|TT309:at|}, int {|TT109:tries|} = 3);
}
