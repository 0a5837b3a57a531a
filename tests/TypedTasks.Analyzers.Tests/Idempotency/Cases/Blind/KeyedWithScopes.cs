// A keyed task whose every step is a scope, chosen by the kind of what was ordered.
using System.Net.Http;
using System.Net.Http.Json;

public abstract record Fulfilment
{
    private Fulfilment()
    {
    }

    public sealed record ByMail(string Address) : Fulfilment;

    public sealed record ByPost(string Street, string City) : Fulfilment;
}

public interface IGiftCardMailer
{
    Task SendGiftCardAsync(string address, string code, CancellationToken cancellationToken);
}

[TaskContract]
public interface IGiftCardOrders
{
    [Task, Idempotent(Key = nameof(order))]
    Task FulfilAsync(Guid order, string? address, string? street, string? city, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class GiftCardWorker(HttpClient http, IGiftCardMailer mailer) : IGiftCardOrders
{
    private sealed record Card(string Code);

    public async Task FulfilAsync(Guid order, string? address, string? street, string? city, TaskContext context, CancellationToken cancellationToken)
    {
        Fulfilment way = (address, street, city) switch
        {
            ({ } mail, _, _) => new Fulfilment.ByMail(mail),
            (null, { } road, { } town) => new Fulfilment.ByPost(road, town),
            _ => throw new ArgumentException("Neither an address nor a street.", nameof(address)),
        };
        string code = await context.OnceAsync("card", async token =>
        {
            using HttpResponseMessage made = await http.PostAsJsonAsync("cards", new { order }, token);
            made.EnsureSuccessStatusCode();
            return (await made.Content.ReadFromJsonAsync<Card>(token))?.Code ?? throw new InvalidOperationException("No code.");
        });
        switch (way)
        {
            case Fulfilment.ByMail { Address: var to }:
                await context.OnceAsync("mail", async token => await mailer.SendGiftCardAsync(to, code, token));
                break;
            case Fulfilment.ByPost(var road, var town):
                await http.PutAsJsonAsync($"letters/{order}", new { road, town, code }, cancellationToken);
                break;
        }
    }
}
