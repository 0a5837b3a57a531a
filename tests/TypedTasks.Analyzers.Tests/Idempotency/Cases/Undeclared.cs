using System.Net.Http;
using System.Net.Mail;

[TaskContract]
public interface IOrders
{
    [Task]
    Task CompleteAsync(Guid order, string address);

    [Task, AtMostOnce]
    Task PushAsync(string device);
}

public sealed class OrderWorker(HttpClient http, SmtpClient smtp) : IOrders
{
    public async Task {|TT401:CompleteAsync|}(Guid order, string address)
    {
        await http.PostAsync($"/orders/{order}/complete", null);
        await smtp.SendMailAsync("shop@example.com", address, "Done", "Thank you.");
    }

    public async Task PushAsync(string device) => await http.PostAsync($"/devices/{device}/push", null);
}
