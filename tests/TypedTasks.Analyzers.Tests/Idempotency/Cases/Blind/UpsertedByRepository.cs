// A repository that says itself that it adds or replaces.
public sealed class Preference
{
    public Guid User { get; set; }
    public string Language { get; set; } = "";
}

public interface IPreferenceStore
{
    Task UpsertAsync(Preference preference, CancellationToken cancellationToken);

    Task SaveAsync(Preference preference, CancellationToken cancellationToken);
}

[TaskContract]
public interface IPreferences
{
    [Task, Idempotent]
    Task SetAsync(Guid user, string language, CancellationToken cancellationToken = default);
}

public sealed class PreferenceWorker(IPreferenceStore store) : IPreferences
{
    public async Task SetAsync(Guid user, string language, CancellationToken cancellationToken)
    {
        Preference preference = new() { User = user, Language = language };
        await store.UpsertAsync(preference, cancellationToken);
        await store.SaveAsync(preference, cancellationToken);
    }
}
