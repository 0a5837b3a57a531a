// One reads and one writes, with a channel between them that is the handler's own.
using System.IO;
using System.Threading.Channels;

[TaskContract]
public interface ITransforms
{
    [Task, Idempotent]
    Task TransformAsync(string source, string target, CancellationToken cancellationToken = default);
}

public sealed class TransformWorker : ITransforms
{
    public async Task TransformAsync(string source, string target, CancellationToken cancellationToken)
    {
        Channel<string> lines = Channel.CreateBounded<string>(100);
        Task reading = ReadAsync();
        await using (StreamWriter writer = new(target, append: false))
        {
            await foreach (string line in lines.Reader.ReadAllAsync(cancellationToken))
            {
                await writer.WriteLineAsync(line.ToUpperInvariant());
            }
        }

        await reading;

        async Task ReadAsync()
        {
            Exception? failure = null;
            try
            {
                await foreach (string line in File.ReadLinesAsync(source, cancellationToken))
                {
                    await lines.Writer.WriteAsync(line, cancellationToken);
                }
            }
            catch (Exception caught)
            {
                failure = caught;
                throw;
            }
            finally
            {
                lines.Writer.Complete(failure);
            }
        }
    }
}
