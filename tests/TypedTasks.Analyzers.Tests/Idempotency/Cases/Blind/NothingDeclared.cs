// Tasks that declare nothing.
using System.Net.Http;
using Microsoft.Extensions.Logging;

public interface IEmailService
{
    Task SendAsync(string to, string subject);
}

[TaskContract]
public interface IAccountJobs
{
    [Task]
    Task WelcomeAsync(Guid account, string address, CancellationToken cancellationToken = default);

    [Task]
    Task RefreshAsync(Guid account, CancellationToken cancellationToken = default);

    [Task, AtMostOnce]
    Task GreetAsync(Guid account, string address, CancellationToken cancellationToken = default);
}

public sealed class AccountJobWorker(IEmailService mail, HttpClient http, ILogger<AccountJobWorker> logger) : IAccountJobs
{
    public async Task {|TT401:WelcomeAsync|}(Guid account, string address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await mail.SendAsync(address, "Welcome");
        logger.LogInformation("{Account} was welcomed", account);
    }

    public async Task {|TT403:RefreshAsync|}(Guid account, CancellationToken cancellationToken)
    {
        string data = await http.GetStringAsync($"accounts/{account}", cancellationToken);
        await http.PutAsync($"mirror/{account}", new StringContent(data), cancellationToken);
    }

    public async Task GreetAsync(Guid account, string address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await mail.SendAsync(address, "Hello");
    }
}
