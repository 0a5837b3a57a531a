// What travels was changed: a member's type, an enum's numbers, a union's tags, the order of a record's parameters.
using MessagePack;

namespace Shop;

public enum Colour
{
    Red = 1,
    {|TT609:Blue|} = 3,
}

public sealed record Line(int {|TT605:Count|}, string Sku);

[Union(1, typeof(Card))]
[Union(0, typeof(Cash))]
public abstract record {|TT610:{|TT610:Method|}|};

public sealed record Card(string Number) : Method;

public sealed record Cash(decimal Given) : Method;

[TaskContract("orders")]
public interface IOrders
{
    [Task] Task PlaceAsync(Line[] lines, Colour colour);

    [Task] Task PayAsync(Method method);
}

//// TaskContracts.txt
enum colour int32
  1 Red
  2 Blue

task orders.pay
  0 method method

task orders.place
  0 lines list<line>
  1 colour colour

type card array
  0 Number string

type cash array
  0 Given decimal

type line array
  0 Count int64
  1 Sku string

union method
  0 card
  1 cash
