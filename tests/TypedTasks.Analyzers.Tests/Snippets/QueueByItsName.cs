// nameof gives the constant's name, not its value.
namespace Shop;

internal static class Queues
{
    [TaskQueue]
    internal const string MailQueue = "mail";

    [TaskQueue(Prefetch = 1), System.ComponentModel.Description("Slow work")]
    internal const string Slow = "slow";
}

[TaskContract]
internal interface IShopMail
{
    [Task(Queue = {|TT201:nameof(Queues.MailQueue)|})]
    ValueTask SendAsync(Guid order);

    [Task(Queue = Queues.Slow)]
    ValueTask ArchiveAsync(Guid order);
}
