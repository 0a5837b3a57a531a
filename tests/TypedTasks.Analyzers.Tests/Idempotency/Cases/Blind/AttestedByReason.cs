// The provider dedupes what it gets twice, says the attribute.
using System.Net.Http;

public sealed class DedupingProvider(HttpClient http)
{
    [AssumeIdempotent("The provider answers a repeated reference with its first answer")]
    public Task SendAsync(Guid reference) => http.PostAsync($"/messages?reference={reference}", null);

    [EffectFree]
    public Task<HttpResponseMessage> ValidateAsync(Guid reference) => http.GetAsync($"/validations?reference={reference}");
}

[TaskContract]
public interface IAttestedSends
{
    [Task, Idempotent]
    Task SendAsync(Guid reference);
}

public sealed class AttestedSendWorker(DedupingProvider provider) : IAttestedSends
{
    public async Task SendAsync(Guid reference)
    {
        (await provider.ValidateAsync(reference)).EnsureSuccessStatusCode();
        await provider.SendAsync(reference);
    }
}
