// Which method it is, a switch says; it is called afterwards.
using System.Net.Http;

[TaskContract]
public interface ISwitchedSends
{
    [Task, Idempotent]
    Task SendAsync(string verb, Guid item, CancellationToken cancellationToken = default);
}

public sealed class SwitchedSendWorker(HttpClient http) : ISwitchedSends
{
    public async Task SendAsync(string verb, Guid item, CancellationToken cancellationToken)
    {
        Func<Guid, CancellationToken, Task<HttpResponseMessage>> send = verb switch
        {
            "put" => (one, token) => http.PutAsync($"/items/{one}", null, token),
            "delete" => DeleteAsync,
            _ => throw new NotSupportedException(verb),
        };
        (await send(item, cancellationToken)).EnsureSuccessStatusCode();
    }

    private Task<HttpResponseMessage> DeleteAsync(Guid item, CancellationToken cancellationToken) => http.DeleteAsync($"/items/{item}", cancellationToken);
}
