// Unions of interfaces and classes, with something abstract in between.
using MessagePack;

namespace Payments;

[Union(0, typeof(Card)), Union(7, typeof(Cash))]
public abstract class Method
{
    public string Name { get; set; } = "";
}

public abstract class Digital : Method;

public sealed class Card : Digital
{
    public string Number { get; set; } = "";
}

public sealed class Cash : Method;

[Union(1, typeof(Fixed))]
[Union(0, typeof(Percent))]
public interface IDiscount;

public sealed record Fixed(decimal Amount) : IDiscount;

public sealed record Percent(int Value) : IDiscount;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task PayAsync(Guid basket, Method method, IDiscount[] discounts);
}
