using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

/// <summary>An open connection to a server that accepted the credentials.</summary>
internal sealed record OpenConnection(Stream Stream, ReceiveBuffer Received, ServerInfo Info, NatsEndpoint Endpoint);

/// <summary>Opens a connection: socket, INFO, TLS, CONNECT, PONG. Each failure says what to change.</summary>
internal static class ServerHandshake
{
    private const int Limit = NatsLimits.InfoLine;

    /// <summary>Opens a connection to one server.</summary>
    /// <exception cref="NatsConnectException">It could not be made.</exception>
    public static async Task<OpenConnection> OpenAsync(NatsEndpoint endpoint, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 256 * 1024, ReceiveBufferSize = 256 * 1024 };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            var received = new ReceiveBuffer();
            bool wantsTls = endpoint.RequiresTls || settings.Tls.RequireTls;
            if (settings.Tls.HandshakeFirst)
            {
                stream = await UpgradeAsync(stream, endpoint, settings.Tls, limit.Token).ConfigureAwait(false);
            }

            ServerInfo info = await ReadInfoAsync(stream, received, limit.Token).ConfigureAwait(false);
            if (!settings.Tls.HandshakeFirst && (wantsTls || info.TlsRequired))
            {
                RequireCleanUpgrade(endpoint, info, received);
                stream = await UpgradeAsync(stream, endpoint, settings.Tls, limit.Token).ConfigureAwait(false);
            }

            info = await AuthenticateAsync(stream, received, info, endpoint, settings, limit.Token).ConfigureAwait(false);
            return new OpenConnection(stream, received, info, endpoint);
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(error, endpoint, settings);
        }
    }

    private static async Task<ServerInfo> ReadInfoAsync(Stream stream, ReceiveBuffer received, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReadInfo(received, out ServerInfo? info))
            {
                return info;
            }

            await received.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TryReadInfo(ReceiveBuffer received, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ServerInfo? info)
    {
        info = null;
        if (!received.TryRead(Limit, out NatsFrame frame))
        {
            return false;
        }

        if (frame.Kind == NatsFrameKind.Error)
        {
            throw Refusal(Encoding.UTF8.GetString(frame.Payload));
        }

        if (frame.Kind != NatsFrameKind.Info)
        {
            throw new NatsProtocolException("The server broke the protocol: it does not begin with INFO.");
        }

        info = ServerInfo.Parse(frame.Payload);
        return true;
    }

    // INFO is plain text: whoever sits between could strip the offer of TLS, or add bytes that would be taken for the server's after the upgrade.
    private static void RequireCleanUpgrade(NatsEndpoint endpoint, ServerInfo info, ReceiveBuffer received)
    {
        if (!info.TlsRequired && !info.TlsAvailable)
        {
            throw new NatsConnectException(ConnectProblem.Tls,
                $"TLS is required, and the NATS server {endpoint} does not offer it. Configure TLS on the server, or, for a network that you trust, "
                + "use nats:// instead of tls:// and leave NatsEngineOptions.Tls.RequireTls false.");
        }

        if (!received.IsEmpty)
        {
            throw new NatsConnectException(ConnectProblem.Tls, $"The NATS server {endpoint} sent bytes in the clear after asking for TLS; something between may have added them.");
        }
    }

    private static async Task<SslStream> UpgradeAsync(Stream stream, NatsEndpoint endpoint, NatsTlsOptions options, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(options.ForHost(endpoint.Host), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ServerInfo> AuthenticateAsync(
        Stream stream, ReceiveBuffer received, ServerInfo info, NatsEndpoint endpoint, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (info.AuthRequired && settings.Authentication is null)
        {
            throw new NatsConnectException(ConnectProblem.Authentication,
                $"The NATS server {endpoint} asks for credentials. Set NatsEngineOptions.Authentication (user and password, token, NKey or a .creds file).");
        }

        ConnectCredentials credentials = settings.Authentication is { } authentication
            ? await authentication.AnswerAsync(info.Nonce, cancellationToken).ConfigureAwait(false)
            : default;
        var command = new ArrayBufferWriter<byte>(1024);
        ConnectCommand.Write(command, settings.Name, stream is SslStream, credentials);
        try
        {
            await stream.WriteAsync(command.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Clears what was written: it may hold a password.
            command.Clear();
        }

        while (true)
        {
            while (TryReadAnswer(received, ref info, out bool isReady))
            {
                if (isReady)
                {
                    return info;
                }
            }

            await received.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TryReadAnswer(ReceiveBuffer received, ref ServerInfo info, out bool isReady)
    {
        isReady = false;
        if (!received.TryRead(Limit, out NatsFrame frame))
        {
            return false;
        }

        switch (frame.Kind)
        {
            case NatsFrameKind.Info:
                info = ServerInfo.Parse(frame.Payload);
                break;
            case NatsFrameKind.Error:
                throw Refusal(Encoding.UTF8.GetString(frame.Payload));
            case NatsFrameKind.Pong:
                isReady = true;
                break;
        }

        return true;
    }

    /// <summary>What an <c>-ERR</c> during the handshake means.</summary>
    public static NatsConnectException Refusal(string text)
    {
        bool isAuthentication = text.StartsWith("authorization", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("authentication", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("user authentication", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("account authentication", StringComparison.OrdinalIgnoreCase);
        return isAuthentication
            ? new NatsConnectException(ConnectProblem.Authentication, $"The NATS server does not accept the credentials ('{text}'). Check NatsEngineOptions.Authentication.")
            : text.StartsWith("secure connection", StringComparison.OrdinalIgnoreCase)
                ? new NatsConnectException(ConnectProblem.Tls, $"The NATS server insists on TLS ('{text}'). Set NatsEngineOptions.Tls.RequireTls or use tls://.")
                : new NatsConnectException(ConnectProblem.Unreachable, $"The NATS server refused the connection: '{text}'.");
    }

    private static Exception Explain(Exception error, NatsEndpoint endpoint, ConnectionSettings settings) => error switch
    {
        NatsConnectException => error,
        NatsProtocolException => new NatsConnectException(ConnectProblem.Unsuitable,
            $"{endpoint} does not speak the NATS protocol ({error.Message.TrimEnd('.')}). Check NatsEngineOptions.Servers, and Tls.HandshakeFirst if the server begins with TLS.", error),
        AuthenticationException => new NatsConnectException(ConnectProblem.Tls,
            $"The TLS handshake with {endpoint} failed: {error.Message} Check NatsEngineOptions.Tls: TrustedRoots, TargetHost, ClientCertificate.", error),
        OperationCanceledException => new NatsConnectException(ConnectProblem.Unreachable,
            $"No answer from the NATS server {endpoint} within {settings.ConnectTimeout} (NatsEngineOptions.ConnectTimeout). Check NatsEngineOptions.Servers.", error),
        SocketException or IOException => new NatsConnectException(ConnectProblem.Unreachable,
            $"The NATS server {endpoint} cannot be reached: {error.Message.TrimEnd('.')}. Check NatsEngineOptions.Servers, and that the server runs.", error),
        _ => new NatsConnectException(ConnectProblem.Unreachable, $"Connecting to {endpoint} failed: {error.Message}", error),
    };
}
