// Two branches met in the baseline.
namespace Shop;

[TaskContract("orders")]
public interface IOrders
{
    [Task] Task PlaceAsync(Guid order);
}

//// TaskContracts.txt
{|TT613:<<<<<<< HEAD|}
task orders.place
  0 order guid
{|TT613:=======|}
{|TT613:>>>>>>> more|}
