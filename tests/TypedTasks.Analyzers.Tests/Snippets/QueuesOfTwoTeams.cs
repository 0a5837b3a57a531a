// Two teams, one name in two spellings.
namespace Mail
{
    public static class MailQueues
    {
        [TaskQueue] public const string {|TT205:Urgent|} = "urgent";
    }
}

namespace Orders
{
    public static class OrderQueues
    {
        [TaskQueue] public const string Urgent = "Urgent";
        [TaskQueue] public const string Relaxed = "relaxed";
    }
}
