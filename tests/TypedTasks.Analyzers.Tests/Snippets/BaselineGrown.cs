// Added at the end, with defaults and nullables: every addition is to be written down, and nothing is broken.
namespace Shop;

public enum Colour
{
    Red,
    {|TT601:Blue|},
}

public sealed record Line(string Sku, int Count, string? {|TT601:Note|} = null);

[TaskContract("orders")]
public interface IOrders
{
    [Task] Task PlaceAsync(Line[] lines, Colour colour, Guid? {|TT601:basket|} = null);

    [Task] Task {|TT601:CancelAsync|}(Guid order);
}

//// TaskContracts.txt
enum colour int32
  0 Red

task orders.place
  0 lines list<line>
  1 colour colour

type line array
  0 Sku string
  1 Count int32
