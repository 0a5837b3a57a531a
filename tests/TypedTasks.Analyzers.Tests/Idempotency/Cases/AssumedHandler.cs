using System.Net.Http;

[TaskContract]
public interface IDeploys
{
    [Task, Idempotent]
    Task DeployAsync(string version);
}

public sealed class DeployWorker(HttpClient http) : IDeploys
{
    [AssumeIdempotent("the platform ignores a version that is deployed")]
    public async Task DeployAsync(string version) => await http.PostAsync($"/deploys/{version}", null);
}
