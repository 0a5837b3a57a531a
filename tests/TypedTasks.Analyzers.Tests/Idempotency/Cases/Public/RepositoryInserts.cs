// Repositories whose code is elsewhere, in the manner of shops and frameworks: what has no number yet gets a new one each time.
public sealed class ActivityEntry
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public interface IRepository<T>
{
    Task InsertAsync(T entity, bool publishEvent = true);
    Task UpdateAsync(T entity);
    Task<T?> FindAsync(int id);
}

[TaskContract]
public interface IActivities
{
    [Task, Idempotent]
    Task RecordAsync(int customer, string text);

    [Task, Idempotent]
    Task RenameAsync(int entry, string text);
}

public sealed class ActivityWorker(IRepository<ActivityEntry> entries) : IActivities
{
    public async Task RecordAsync(int customer, string text)
    {
        ActivityEntry entry = new() { Text = $"{customer}: {text}" };
        await {|TT411:entries.InsertAsync(entry)|};
    }

    public async Task RenameAsync(int entry, string text)
    {
        ActivityEntry? found = await entries.FindAsync(entry);
        if (found is not null)
        {
            found.Text = text;
            await entries.UpdateAsync(found);
        }
    }
}
