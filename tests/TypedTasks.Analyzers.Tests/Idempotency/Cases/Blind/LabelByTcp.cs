// A label comes out of the printer whenever these bytes reach it. Nothing is said of bytes on a socket: what they ask for, nobody can tell here.
using System.Net.Sockets;
using System.Text;

[TaskContract]
public interface ILabels
{
    [Task, Idempotent]
    Task PrintAsync(string printer, string code, CancellationToken cancellationToken = default);
}

public sealed class LabelWorker : ILabels
{
    public async Task PrintAsync(string printer, string code, CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        await client.ConnectAsync(printer, 9100, cancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"^XA^FD{code}^FS^XZ"), cancellationToken);
    }
}
