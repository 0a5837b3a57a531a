// Outcomes that are not kept, by a constant.
namespace Shop;

internal static class Keep
{
    internal const string Nothing = "none";
}

[TaskContract]
internal interface IViews
{
    [Task(KeepOutcome = Keep.Nothing), Idempotent] ValueTask<int> CountAsync(Guid page);

    [Task, Idempotent] ValueTask<int> SumAsync(Guid page);
}

internal sealed class Pages(ITaskClient<IViews> views)
{
    public async Task<int> ShowAsync(Guid page) => await {|TT702:views.InvokeAsync(ViewsTasks.Count(page))|};

    public async Task<int> LaterAsync(Guid page)
    {
        var handle = await views.CountAsync(page);
        return await {|TT702:handle.ResultAsync()|};
    }

    public async Task<int> SumAsync(Guid page)
    {
        await views.CountAsync(page);
        TaskHandle<int> handle = await views.SumAsync(page);
        return await handle.ResultAsync(TimeSpan.FromSeconds(1)) + await views.Remote.SumAsync(page);
    }
}
