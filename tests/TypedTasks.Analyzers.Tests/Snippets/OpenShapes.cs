// An abstract member, and an interface in a list.
namespace Payments;

public abstract class Method
{
    public string Name { get; set; } = "";
}

public sealed class Card : Method;

public sealed class Cash : Method;

public interface IDiscount;

public sealed record Fixed(decimal Amount) : IDiscount;

public sealed record Basket(Guid Id, Method {|TT303:Method|});

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task PayAsync(Basket basket);

    [Task, Idempotent]
    Task DiscountAsync(Guid basket, List<IDiscount> {|TT303:discounts|});
}
