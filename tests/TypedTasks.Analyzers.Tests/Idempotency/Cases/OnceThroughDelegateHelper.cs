using System.Net.Http;

public static class Effects
{
    public static async Task OnceAsync(TaskContext context, string name, Func<Task> effect) =>
        await context.OnceAsync(name, async _ => await effect());
}

[TaskContract]
public interface ICharges
{
    [Task, Idempotent]
    Task ChargeAsync(Guid order, TaskContext context = null!);
}

public sealed class ChargeWorker(HttpClient http) : ICharges
{
    public async Task ChargeAsync(Guid order, TaskContext context) =>
        await Effects.OnceAsync(context, "charge", () => http.PostAsync($"/orders/{order}/charges", null));
}
