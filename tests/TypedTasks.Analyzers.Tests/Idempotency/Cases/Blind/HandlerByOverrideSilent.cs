// As before, and all of it may be done again.
using System.Net.Http;

[TaskContract]
public interface IPuts
{
    [Task, Idempotent]
    ValueTask PutAsync(Guid account, CancellationToken cancellationToken = default);
}

public abstract class PutBase<TBody> : IPuts
{
    public virtual async ValueTask PutAsync(Guid account, CancellationToken cancellationToken)
    {
        await SendAsync(account, Body(account), cancellationToken);
    }

    protected abstract TBody Body(Guid account);

    protected abstract Task SendAsync(Guid account, TBody body, CancellationToken cancellationToken);
}

public sealed class TextPut(HttpClient http) : PutBase<string>
{
    public override async ValueTask PutAsync(Guid account, CancellationToken cancellationToken)
    {
        if (account != Guid.Empty)
        {
            await base.PutAsync(account, cancellationToken);
        }
    }

    protected override string Body(Guid account) => account.ToString("N");

    protected override Task SendAsync(Guid account, string body, CancellationToken cancellationToken) =>
        http.PutAsync($"/accounts/{account}", new StringContent(body), cancellationToken);
}
