using System.Net.Http;
using System.Net.Mail;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent]
    Task CompleteAsync(Guid order, string[] addresses, bool isGift, TaskContext context = null!);
}

public sealed class OrderWorker(HttpClient http, SmtpClient smtp) : IOrders
{
    public async Task CompleteAsync(Guid order, string[] addresses, bool isGift, TaskContext context)
    {
        string id = order.ToString();
        await context.OnceAsync(id, async token => await http.PostAsync($"/orders/{id}", null, token));
        await context.OnceAsync({|TT437:id|}, async token => await smtp.SendMailAsync("a", "b", "c", "d", token));
        await context.OnceAsync({|TT431:$"{id}:{context.Attempt}"|}, async token => await http.PostAsync($"/orders/{id}/log", null, token));
        foreach (string address in addresses)
        {
            await context.OnceAsync({|TT438:$"mail:{id}"|}, async token => await smtp.SendMailAsync("a", address, "c", "d", token));
        }

        if (isGift)
        {
            await context.OnceAsync("wrap", async token => await http.PostAsync("/gifts", null, token));
        }
        else
        {
            await context.OnceAsync("wrap", async token => await http.PostAsync("/parcels", null, token));
        }
    }
}
