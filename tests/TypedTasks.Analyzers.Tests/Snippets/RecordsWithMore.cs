// Records whose bodies hold more than their parameters.
namespace Orders;

public sealed record Order(Guid Id, string Customer)
{
    public string {|TT307:Tag|} { get; } = "new";
    public string Short => Customer[..1];
    public List<string> Notes { get; init; } = [];
    private readonly List<string> _seen = [];
    public void See(string what) => _seen.Add(what);
}

public record struct Weight(double Kilos)
{
    public readonly double Grams => Kilos * 1_000;
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task PlaceAsync(Order order, Weight weight);
}
