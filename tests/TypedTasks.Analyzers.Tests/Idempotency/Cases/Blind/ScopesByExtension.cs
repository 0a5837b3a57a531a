// Scopes through an extension of the context, under keys that a record writes.
using System.Net.Http;

public readonly record struct StepKey(string Step, Guid Order, int Line = 0)
{
    public override string ToString() => $"{Step}:{Order:N}:{Line}";
}

public static class Steps
{
    public static async Task StepAsync(this TaskContext context, StepKey key, Func<CancellationToken, Task> step) =>
        await context.OnceAsync(key.ToString(), async stop => await step(stop));
}

[TaskContract]
public interface IDropShipping
{
    [Task, Idempotent]
    Task OrderAsync(Guid order, string[] articles, TaskContext context);
}

public sealed class DropShippingWorker(HttpClient http) : IDropShipping
{
    public async Task OrderAsync(Guid order, string[] articles, TaskContext context)
    {
        await context.StepAsync(new StepKey("announce", order), stop => http.PostAsync($"/announcements/{order}", null, stop));
        for (int line = 0; line < articles.Length; line++)
        {
            string article = articles[line];
            await context.StepAsync(new StepKey("line", order, line), stop => http.PostAsync($"/orders/{order}/{article}", null, stop));
        }
    }
}
