// Nested twice, in a partial class, with its tasks in two parts of the interface.
namespace Shop.Mailing
{
    using Message = System.Guid;

    public static partial class Module
    {
        internal partial class Internals
        {
            [TaskContract("mailing")]
            internal partial interface ISends
            {
                [Task] ValueTask SendAsync(Message message);
            }

            internal partial interface ISends
            {
                [Task] ValueTask<int> CountAsync(Message message, CancellationToken cancellationToken = default);
            }
        }
    }
}
