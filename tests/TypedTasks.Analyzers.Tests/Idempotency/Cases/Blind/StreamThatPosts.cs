// Each element of a stream was posted on the way.
using System.Net.Http;
using System.Runtime.CompilerServices;

public sealed class Echo(HttpClient http)
{
    public async IAsyncEnumerable<string> EchoAsync(IEnumerable<string> lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string line in lines)
        {
            using HttpResponseMessage response = await http.PostAsync("/echo", new StringContent(line), cancellationToken);
            yield return await response.Content.ReadAsStringAsync(cancellationToken);
        }
    }
}

[TaskContract]
public interface IEchoes
{
    [Task, Idempotent]
    Task<int> EchoAsync(string[] lines, CancellationToken cancellationToken = default);
}

public sealed class EchoWorker(Echo echo) : IEchoes
{
    public async Task<int> EchoAsync(string[] lines, CancellationToken cancellationToken)
    {
        int length = 0;
        await foreach (string line in {|TT410:echo.EchoAsync(lines, cancellationToken)|})
        {
            length += line.Length;
        }

        return length;
    }
}
