// Refit again: a PUT, and a POST with a key in its header.
using Refit;

public interface IProfileApi
{
    [Put("/profiles/{id}")]
    Task PutAsync(Guid id, [Body] string profile);

    [Post("/profiles/{id}/badges")]
    Task AwardAsync(Guid id, string badge, [Header("Idempotency-Key")] string key);

    [Delete("/profiles/{id}/drafts")]
    Task DropDraftsAsync(Guid id);
}

[TaskContract]
public interface IProfiles
{
    [Task, Idempotent]
    Task PublishAsync(Guid id, string profile, string badge);
}

public sealed class ProfileWorker(IProfileApi api) : IProfiles
{
    public async Task PublishAsync(Guid id, string profile, string badge)
    {
        await api.PutAsync(id, profile);
        await api.AwardAsync(id, badge, $"{id}:{badge}");
        await api.DropDraftsAsync(id);
    }
}
