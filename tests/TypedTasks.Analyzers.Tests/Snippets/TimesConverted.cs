// Local times that are converted, and times that a parameter brings.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message);
}

public sealed class Reminders(ITaskClient<IMail> mail)
{
    public async Task RemindAsync(Guid message, DateTimeOffset due, TimeZoneInfo zone)
    {
        await mail.SendAsync(message, EnqueueOptions.At(DateTime.Now.ToUniversalTime().AddHours(1)));
        await mail.SendAsync(message, EnqueueOptions.At(due.AddDays(-1)));
        await mail.SendAsync(message, EnqueueOptions.At(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2030, 1, 1, 8, 0, 0), zone)));
        await mail.SendAsync(message, EnqueueOptions.At(DateTime.SpecifyKind(new DateTime(2030, 1, 1), DateTimeKind.Utc)));
        await mail.SendAsync(message, EnqueueOptions.In(due - DateTimeOffset.UtcNow));
    }
}
