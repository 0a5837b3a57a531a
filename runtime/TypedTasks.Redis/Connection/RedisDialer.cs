using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>Opens connections: a socket, TLS over it where configured, and the handshake.</summary>
internal sealed class RedisDialer(RedisEngineOptions options, IReadOnlyList<string> scripts)
{
    internal RedisEngineOptions Options => options;

    /// <summary>Connects and authenticates; the connection still has to be started.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="onPush">Gets what answers no command.</param>
    /// <param name="onClosed">Called once when the connection is over.</param>
    /// <param name="onRoom">Called when replies were taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RedisConnectionException">The server cannot be reached.</exception>
    /// <exception cref="RedisRefusedException">The server refuses what is configured.</exception>
    internal async Task<RespConnection> DialAsync(
        RedisEndpoint endpoint, ConnectionPurpose purpose, Action<RespValue>? onPush, Action<RespConnection, Exception> onClosed, Action? onRoom, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.ConnectTimeout);
        Stream? stream = null;
        try
        {
            (stream, string? localAddress) = await OpenAsync(endpoint, deadline.Token).ConfigureAwait(false);
            using var handshake = new RedisHandshake(stream, options, endpoint);
            ServerIdentity server = await handshake.RunAsync(purpose, scripts, deadline.Token).ConfigureAwait(false);
            ReplicaWait? replicas = purpose is ConnectionPurpose.Commands && options.WaitReplicas > 0 ? new ReplicaWait(options.WaitReplicas, options.WaitTimeout) : null;
            return new RespConnection(stream, options.MaxInFlight, RespLimits.Default, onPush, onClosed, replicas)
            {
                Server = server with { ClientAddress = server.ClientAddress ?? localAddress },
                OnRoom = onRoom,
                MaxUnansweredBytes = options.MaxInFlightBytes,
            };
        }
        catch (Exception exception)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new RedisConnectionException($"Redis at {endpoint} did not answer within {options.ConnectTimeout}.", exception);
            }

            if (exception is RedisConnectionException or RedisRefusedException or OperationCanceledException)
            {
                throw;
            }

            throw new RedisConnectionException($"Redis at {endpoint} cannot be reached{(options.Ssl ? " over TLS" : "")}: {exception.Message}", exception);
        }
    }

    private async Task<(Stream Stream, string? LocalAddress)> OpenAsync(RedisEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        string? localAddress = socket.LocalEndPoint is IPEndPoint local ? new IPEndPoint(local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address, local.Port).ToString() : null;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (!options.Ssl)
        {
            return (stream, localAddress);
        }

        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            var authentication = new SslClientAuthenticationOptions
            {
                TargetHost = options.SslHost ?? endpoint.Host,
                RemoteCertificateValidationCallback = options.CertificateValidation,
            };
            await secured.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
            return (secured, localAddress);
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

/// <summary>What a connection is for, which decides what its handshake asks.</summary>
internal enum ConnectionPurpose
{
    /// <summary>Commands: must be a primary, and knows the scripts.</summary>
    Commands,

    /// <summary>Blocking reads: must be a primary.</summary>
    Reading,

    /// <summary>Publish and subscribe.</summary>
    Subscribing,

    /// <summary>Asking a Sentinel, which has users, passwords and databases of its own.</summary>
    Sentinel,
}
