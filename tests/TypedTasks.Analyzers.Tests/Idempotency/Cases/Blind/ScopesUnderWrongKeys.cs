// Scopes whose keys do not say the same at the second attempt, and one whose key says it of two effects.
using System.Net.Http;

public readonly record struct EffectKey(string Step, Guid Order)
{
    public override string ToString() => $"{Step}:{Order:N}";
}

[TaskContract]
public interface IPacking
{
    [Task, Idempotent]
    Task PackAsync(Guid order, TaskContext context);

    [Task, Idempotent]
    Task ShipAsync(Guid order, TaskContext context);
}

public sealed class PackingWorker(HttpClient http, TimeProvider time) : IPacking
{
    public async Task PackAsync(Guid order, TaskContext context)
    {
        string run = Stamp();
        await context.OnceAsync({|TT431:$"pack:{order}:{run}"|}, async stop => await http.PostAsync($"/packings/{order}", null, stop));
    }

    public async Task ShipAsync(Guid order, TaskContext context)
    {
        EffectKey key = new("ship", order);
        await context.OnceAsync(key.ToString(), async stop => await http.PostAsync($"/labels/{order}", null, stop));
        await context.OnceAsync({|TT437:key.ToString()|}, async stop => await http.PostAsync($"/pickups/{order}", null, stop));
    }

    private string Stamp() => time.GetUtcNow().ToUnixTimeMilliseconds().ToString();
}
