// Queues in a nested class of a partial one, by interpolation and by using static.
using static Shop.Topology.Queues;

namespace Shop
{
    public static partial class Topology
    {
        private const string Area = "shop";

        public static class Queues
        {
            [TaskQueue(Concurrency = 4)] public const string Mail = $"{Area}-mail";
            [TaskQueue] public const string Reports = Area + "-reports";
        }
    }

    [TaskContract(Queue = Reports)]
    public interface IShopReports
    {
        [Task, Idempotent] Task DrawAsync(Guid report);

        [Task(Queue = Mail), Idempotent] Task MailAsync(Guid report);

        [Task(Queue = "shop-mail"), Idempotent] Task MailAgainAsync(Guid report);
    }
}
