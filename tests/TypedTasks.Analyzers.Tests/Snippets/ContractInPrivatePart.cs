// A contract within a part that only its own class sees.
namespace Shop.Mailing
{
    public static partial class Module
    {
        private static class Internals
        {
            [TaskContract]
            internal interface {|TT101:ISends|}
            {
                [Task]
                Task SendAsync(Guid message);
            }
        }
    }
}
