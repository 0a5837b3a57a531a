// What was sent before is read otherwise now.
namespace Shop;

public enum Size
{
    Small,
    {|TT615:Huge|},
}

[TaskContract("orders")]
public interface IOrders
{
    [Task]
    [Idempotent(Key = "{order}:{day}")]
    Task {|TT611:PlaceAsync|}(Guid order, int day);

    [Task("ship")]
    Task DispatchAsync(string {|TT605:parcel|}, Size size);

    [Task]
    Task BillAsync(Guid order, decimal amount, string {|TT606:currency|});

    [Task]
    Task<Guid> {|TT608:CountAsync|}(Guid tenant);
}

//// TaskContracts.txt
enum size int32
  0 Small
  1 Large

task orders.bill
  0 order guid
  1 amount decimal

task orders.count
  0 tenant guid
  result int32

task orders.place
  idempotent 24h {order}
  0 order guid
  1 day int32

task orders.ship
  0 parcel int32
  1 size size
