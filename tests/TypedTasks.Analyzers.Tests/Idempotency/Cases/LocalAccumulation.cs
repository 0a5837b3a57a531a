using System.Text;

// Everything that changes is the handler's own.
[TaskContract]
public interface IReports
{
    [Task, Idempotent]
    Task<string> RenderAsync(Guid report, int[] numbers);
}

public sealed class ReportWorker : IReports
{
    public Task<string> RenderAsync(Guid report, int[] numbers)
    {
        StringBuilder text = new();
        Dictionary<int, int> counts = [];
        int sum = 0;
        foreach (int number in numbers)
        {
            counts[number] = counts.GetValueOrDefault(number) + 1;
            sum += number;
            text.Append(number).Append(' ');
        }

        List<int> sorted = [.. counts.Keys];
        sorted.Sort();
        text.Append(sum).AppendJoin(',', sorted);
        return Task.FromResult($"{report}: {text}");
    }
}
