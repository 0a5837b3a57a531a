// A partner that refuses with 409 what it has already; and one that says that it is gone.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IRefusingPartners
{
    [Task, Idempotent]
    Task CreateAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CancelAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class PartnerOrderWorker(HttpClient http) : IRefusingPartners
{
    public async Task CreateAsync(Guid order, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("/orders", new { order }, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Created:
            case HttpStatusCode.Conflict:
                return;
            default:
                response.EnsureSuccessStatusCode();
                break;
        }
    }

    public async Task CancelAsync(Guid order, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.DeleteAsync($"/orders/{order}", cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
        {
            response.EnsureSuccessStatusCode();
        }
    }
}
