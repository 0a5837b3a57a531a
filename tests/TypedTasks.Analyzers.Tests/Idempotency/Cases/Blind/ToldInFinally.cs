// Whatever becomes of it, somebody is told.
using MailKit.Net.Smtp;
using MimeKit;
using System.Net.Http;

[TaskContract]
public interface IToldInFinally
{
    [Task, Idempotent]
    Task StoreAsync(Guid item, CancellationToken cancellationToken = default);
}

public sealed class ToldInFinallyWorker(HttpClient http, Lazy<ISmtpClient> smtp) : IToldInFinally
{
    public async Task StoreAsync(Guid item, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/items/{item}", null, cancellationToken);
        }
        finally
        {
            await {|TT414:smtp.Value.SendAsync(new MimeMessage(), CancellationToken.None)|};
        }
    }
}
