// Tasks in one part of the interface; in the other, members that nobody can route.
namespace Billing
{
    [TaskContract]
    public partial interface IInvoicing
    {
        [Task]
        Task DrawAsync(Guid invoice);
    }

    public partial interface IInvoicing
    {
        Task {|TT105:CancelAsync|}(Guid invoice);

        string {|TT105:Currency|} { get; }

        static abstract int {|TT105:Limit|}();
    }
}
