// The catalogue follows a call to every class of this project that may be behind the interface: in production it is the real one.
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
    public Task CaptureAsync(Guid order) => {|TT410:gateway.CaptureAsync(order)|};
}
