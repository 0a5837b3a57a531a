// Nothing is said of redelivery: one task does harm twice, one does none, one calls what is not known.
using System.Net.Http;

public interface IPartner
{
    Task NotifyPartnerAsync(Guid order);
}

[TaskContract]
public interface IPartnerOrders
{
    [Task]
    Task SendAsync(Guid order);

    [Task]
    Task StoreAsync(Guid order);

    [Task]
    Task TellAsync(Guid order);
}

public sealed class PartnerOrderWorker(HttpClient http, IPartner partner) : IPartnerOrders
{
    public async Task {|TT401:SendAsync|}(Guid order) => await http.PostAsync("/partners/orders", new StringContent(order.ToString()));

    public async Task {|TT403:StoreAsync|}(Guid order) => await http.PutAsync($"/partners/orders/{order}", null);

    public Task TellAsync(Guid order) => partner.NotifyPartnerAsync(order);
}
