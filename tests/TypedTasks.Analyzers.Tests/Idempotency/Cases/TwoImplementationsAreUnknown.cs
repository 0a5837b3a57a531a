using System.Net.Http;

public interface IGateway
{
    Task CaptureAsync(Guid order);
}

public sealed class RealGateway(HttpClient http) : IGateway
{
    public async Task CaptureAsync(Guid order) => await http.PostAsync($"/captures/{order}", null);
}

public sealed class SandboxGateway : IGateway
{
    public Task CaptureAsync(Guid order) => Task.CompletedTask;
}

[TaskContract]
public interface ICaptures
{
    [Task, Idempotent]
    Task CaptureAsync(Guid order);
}

public sealed class CaptureWorker(IGateway gateway) : ICaptures
{
    public Task CaptureAsync(Guid order) => gateway.CaptureAsync(order);
}
