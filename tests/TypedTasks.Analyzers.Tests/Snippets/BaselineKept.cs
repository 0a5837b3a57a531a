// Renamed in the code, added at the end, split over parts: the wire is what it was.
using Amount = System.Decimal;

namespace Shop.Orders.V2
{
    [TaskContract("orders")]
    internal partial interface IOrderJobs
    {
        [Task("bill"), Idempotent(Key = nameof(order), Window = "24h")]
        ValueTask InvoiceAsync(Guid order, Amount amount, CancellationToken cancellationToken = default);
    }

    internal partial interface IOrderJobs
    {
        [Task(MaxAttempts = 5)]
        [Idempotent]
        Task<int> CountAsync(Guid tenant, TaskContext? context = null);
    }
}

//// TaskContracts.txt
# kept by hand
task orders.bill
  idempotent 24h {order}
  0 order guid
  1 amount decimal

task orders.count
  idempotent
  0 tenant guid
  result int32

*RETIRED* task orders.old
  0 order guid
