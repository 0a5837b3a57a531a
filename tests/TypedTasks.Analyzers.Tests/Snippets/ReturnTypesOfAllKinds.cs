// What a task may return, by alias and in full, and what it may not.
using Counted = System.Threading.Tasks.Task<int>;

namespace Warehouse;

[TaskContract]
public interface IStocktaking
{
    [Task, Idempotent]
    Counted CountAsync(string shelf);

    [Task, Idempotent]
    global::System.Threading.Tasks.ValueTask CloseAsync(string shelf);

    [Task, Idempotent]
    IAsyncEnumerable<string> {|TT102:ListAsync|}(string shelf);

    [Task, Idempotent]
    ValueTask<int>? {|TT102:MaybeAsync|}(string shelf);
}
