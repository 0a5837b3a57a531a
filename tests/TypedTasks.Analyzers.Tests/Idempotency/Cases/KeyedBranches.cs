using System.Net.Http;
using System.Net.Mail;

[TaskContract]
public interface INotices
{
    [Task, Idempotent(Key = nameof(notice))]
    Task SendAsync(Guid notice, string? address, string hook);
}

public sealed class NoticeWorker(HttpClient http, SmtpClient smtp) : INotices
{
    public async Task SendAsync(Guid notice, string? address, string hook)
    {
        if (address is not null)
        {
            await {|TT422:smtp.SendMailAsync("shop@example.com", address, "Notice", "…")|};
            return;
        }

        await {|TT422:http.PostAsync(hook, null)|};
    }
}
