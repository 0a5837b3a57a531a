// Nothing is declared, and something is charged, three calls below.
using System.Net.Http;

public sealed class TerminalClient(HttpClient http)
{
    public Task<HttpResponseMessage> CaptureAsync(string terminal, decimal amount) => PostAsync($"/terminals/{terminal}/captures", amount);

    private Task<HttpResponseMessage> PostAsync(string url, decimal amount) => http.PostAsync(url, new StringContent($"{amount}"));
}

public static class Terminals
{
    public static async Task CaptureAllAsync(this TerminalClient client, IEnumerable<string> terminals, decimal amount)
    {
        foreach (string terminal in terminals)
        {
            (await client.CaptureAsync(terminal, amount)).EnsureSuccessStatusCode();
        }
    }
}

[TaskContract]
public interface ITerminals
{
    [Task]
    Task CaptureAsync(string[] terminals, decimal amount);

    [Task, AtMostOnce]
    Task TryAsync(string[] terminals, decimal amount);
}

public sealed class TerminalWorker(TerminalClient client) : ITerminals
{
    public Task {|TT401:CaptureAsync|}(string[] terminals, decimal amount) => client.CaptureAllAsync(terminals, amount);

    public Task TryAsync(string[] terminals, decimal amount) => client.CaptureAllAsync(terminals, amount);
}
