using System.Net.Http;

[TaskContract]
public interface IBilling
{
    [Task, Idempotent]
    Task BillAsync(Guid customer);
}

public interface IGateway
{
    Task CaptureAsync(Guid customer);
}

public sealed class Gateway(HttpClient http) : IGateway
{
    public Task CaptureAsync(Guid customer) => SendAsync($"/customers/{customer}/captures", "{}");

    private async Task SendAsync(string address, string body)
    {
        using StringContent content = new(body);
        using HttpResponseMessage response = await http.PostAsync(address, content);
        response.EnsureSuccessStatusCode();
    }
}

public sealed class BillingService(IGateway gateway)
{
    public async Task BillAsync(Guid customer) => await gateway.CaptureAsync(customer);
}

public sealed class BillingWorker(BillingService billing) : IBilling
{
    public async Task BillAsync(Guid customer) => await {|TT410:billing.BillAsync(customer)|};
}
