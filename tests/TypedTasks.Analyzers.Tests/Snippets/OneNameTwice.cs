// A name that is put together of constants, and comes to what another method's name comes to.
namespace Shop;

internal static class Names
{
    internal const string Verb = "send";
    internal const string SendReceipt = $"{Verb}-receipt";
}

[TaskContract(Name)]
internal interface IShopMail
{
    const string Name = "shop-mail";

    [Task]
    ValueTask SendReceiptAsync(Guid order);

    [Task(Names.SendReceipt, MaxAttempts = 3)]
    ValueTask {|TT106:ResendAsync|}(Guid order);
}
