// A letter is rendered in memory, and is the task's result.
using System.Text;

public sealed record LetterLine(string Text, decimal Price);

[TaskContract]
public interface ILetters
{
    [Task, Idempotent]
    ValueTask<string> RenderAsync(string name, LetterLine[] lines);
}

public sealed class LetterWorker : ILetters
{
    public ValueTask<string> RenderAsync(string name, LetterLine[] lines)
    {
        StringBuilder text = new();
        text.Append("Dear ").AppendLine(name);
        decimal sum = 0;
        foreach (LetterLine line in lines)
        {
            text.AppendLine($"{line.Text}: {line.Price:F2}");
            sum += line.Price;
        }

        text.Append("Sum: ").Append(sum);
        return ValueTask.FromResult(text.ToString());
    }
}
