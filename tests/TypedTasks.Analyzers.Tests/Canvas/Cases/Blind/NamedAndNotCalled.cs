// The method is named, its parentheses are missing.
namespace Letters;

[TaskContract]
public interface ILetters
{
    [Task, Idempotent] ValueTask<string> WriteAsync(Guid customer);
    [Task, Idempotent] ValueTask<byte[]> PrintAsync(string letter);
    [Task, AtMostOnce] ValueTask SendAsync(byte[] letter, string address);
    [Task, AtMostOnce] ValueTask SweepAsync();
}

public sealed class Office(ITaskClient<ILetters> letters, ITaskCanvas canvas)
{
    public TaskChain<byte[]> Print(Guid customer) => Canvas.Chain(LettersTasks.Write(customer)).Then({|TT804:LettersTasks.PrintLink|});

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await letters.EnqueueAsync({|TT804:LettersTasks.Sweep|}, default, cancellationToken);
        await canvas.EnqueueAsync(Canvas.Chain({|TT804:LettersTasks.Sweep|}));
    }

    public TaskGroup<byte[]> Twice(Guid customer) => Canvas.Chain(LettersTasks.Write(customer))
        .ThenGroup(LettersTasks.PrintLink(), {|TT804:LettersTasks.PrintLink|});

    // A method that makes a call of each is what Select is for.
    public TaskGroup<string> WriteAll(IEnumerable<Guid> customers) => Canvas.Group(customers.Select(LettersTasks.Write));
}
