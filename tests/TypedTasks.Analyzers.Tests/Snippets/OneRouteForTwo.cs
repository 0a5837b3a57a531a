// A name by a constant, and one that comes of the interface's name.
namespace Accounts
{
    internal static class Wire
    {
        internal const string Billing = "billing";
    }

    [TaskContract]
    internal interface IBilling
    {
        [Task] Task ChargeAsync(Guid order);
    }
}

namespace Subscriptions
{
    [TaskContract(Accounts.Wire.Billing)]
    internal interface {|TT207:ISubscriptionBilling|}
    {
        [Task] Task RenewAsync(Guid subscription);
    }
}
