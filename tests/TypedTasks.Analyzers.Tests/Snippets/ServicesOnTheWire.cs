// What belongs to the process: clients, tokens, delegates, tasks, expressions.
using System.Linq.Expressions;
using System.Net.Http;

namespace Orders;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task AskAsync(HttpClient {|TT302:http|}, Guid order);

    [Task, Idempotent] Task WaitAsync(Task<int> {|TT302:count|}, CancellationTokenSource {|TT302:source|});

    [Task, Idempotent] Task FilterAsync(Expression<Func<int, bool>> {|TT302:filter|});

    [Task, Idempotent] ValueTask<IQueryable<Guid>> {|TT302:QueryAsync|}(Guid order);

    [Task, Idempotent] Task ListAsync(IEnumerable<KeyValuePair<string, Guid?>> orders, ILookup<string, int>? {|TT302:lookup|});
}
