// Times of the server's zone, in options of every form; and times that are times.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message);
}

public sealed class Reminders(ITaskClient<IMail> mail, TimeProvider time)
{
    private static readonly DateTimeOffset Opening = new(2030, 1, 1, 8, 0, 0, TimeSpan.FromHours(1));

    public async Task WrongAsync(Guid message)
    {
        await mail.SendAsync(message, EnqueueOptions.At({|TT707:DateTime.Today|}.AddDays(1).AddHours(8)));
        await mail.SendAsync(message, new EnqueueOptions { NotBefore = {|TT707:DateTime.Now|} + TimeSpan.FromHours(2) });
        await mail.SendAsync(message, options: EnqueueOptions.In(TimeSpan.FromHours(1)) with { Deadline = {|TT707:new DateTime(2030, 1, 1)|} });
    }

    public async Task RightAsync(Guid message)
    {
        await mail.SendAsync(message, EnqueueOptions.At(time.GetUtcNow().AddHours(12)));
        await mail.SendAsync(message, EnqueueOptions.At(DateTimeOffset.Now + TimeSpan.FromHours(1)));
        await mail.SendAsync(message, EnqueueOptions.At(Opening) with { Deadline = DateTime.UtcNow.AddDays(2) });
        await mail.SendAsync(message, EnqueueOptions.At(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Console.WriteLine(DateTime.Now);
    }
}
