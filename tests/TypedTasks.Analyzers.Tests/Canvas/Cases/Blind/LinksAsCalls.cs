// A link where a call is needed: at the beginning, side by side, and in clients.
namespace Letters;

[TaskContract]
public interface ILetters
{
    [Task, Idempotent] ValueTask<string> WriteAsync(Guid customer, string template);
    [Task, Idempotent] ValueTask<byte[]> PrintAsync(string letter, CancellationToken cancellationToken = default);
    [Task, AtMostOnce] ValueTask SendAsync(byte[] letter, string address);
}

public sealed class Office(ITaskClient<ILetters> letters, ITaskCanvas canvas, ILettersQueue queue)
{
    public async Task<byte[]> PrintAsync(CancellationToken cancellationToken) => await letters.InvokeAsync({|TT804:LettersTasks.PrintLink()|}, cancellationToken);

    public async Task PrintManyAsync(int copies)
    {
        await letters.EnqueueManyAsync({|TT804:Enumerable.Range(0, copies).Select(_ => LettersTasks.PrintLink())|}, EnqueueOptions.In(TimeSpan.FromDays(1)));
    }

    public TaskChain<NoResult> Begin(string template, string address) =>
        Canvas.Chain({|TT804:LettersTasks.WriteLink(template)|}).Then(LettersTasks.PrintLink()).Then(LettersTasks.SendLink(address));

    public TaskGroup<NoResult> SendAll(string[] addresses) => Canvas.Group({|TT804:addresses.Select(address => LettersTasks.SendLink(address))|});

    public async Task SendAsync(string address)
    {
        TaskLink<byte[], NoResult> send = LettersTasks.SendLink(address);
        await canvas.EnqueueAsync({|TT804:send|});
        await queue.EnqueueAsync(send);
    }
}

public interface ILettersQueue
{
    Task EnqueueAsync(TaskLink<byte[], NoResult> link);
}
