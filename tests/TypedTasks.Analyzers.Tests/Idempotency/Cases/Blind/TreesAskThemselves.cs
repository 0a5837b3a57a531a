// A question that asks itself, and one that two methods pass to each other.
using System.Net.Http;

public sealed record TreeNode(string Name, TreeNode? Next);

[TaskContract]
public interface ITrees
{
    [Task, Idempotent]
    Task StoreAsync(TreeNode root, CancellationToken cancellationToken = default);
}

public sealed class TreeWorker(HttpClient http) : ITrees
{
    public async Task StoreAsync(TreeNode root, CancellationToken cancellationToken)
    {
        if (Has(root, "hidden") || IsEven(root))
        {
            return;
        }

        for (TreeNode? node = root; node is not null; node = node.Next)
        {
            await http.PutAsync($"/nodes/{node.Name}", null, cancellationToken);
        }
    }

    private static bool Has(TreeNode node, string name) => node.Name == name || (node.Next is { } next && Has(next, name));

    private static bool IsEven(TreeNode? node) => node is null || IsOdd(node.Next);

    private static bool IsOdd(TreeNode? node) => node is not null && IsEven(node.Next);
}
