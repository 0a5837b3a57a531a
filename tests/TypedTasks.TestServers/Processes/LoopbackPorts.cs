using System.Net;
using System.Net.Sockets;

namespace TypedTasks.TestServers.Processes;

/// <summary>
/// Ports for servers and proxies. They come from below the range that the system gives to outgoing connections, so a port
/// stays ours while its server is down between a kill and a restart.
/// </summary>
internal static class LoopbackPorts
{
    private const int First = 18_000;
    private const int Last = 32_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        lock (Gate)
        {
            for (int attempt = 0; attempt < 1_000; attempt++)
            {
                int port = Random.Shared.Next(First, Last);
                if (!Taken.Contains(port) && IsFree(port))
                {
                    Taken.Add(port);
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"no free loopback port between {First} and {Last}");
    }

    public static void Return(int port)
    {
        lock (Gate)
        {
            Taken.Remove(port);
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
