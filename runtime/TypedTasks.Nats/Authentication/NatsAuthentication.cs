using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Authentication;

/// <summary>How a connection proves who it is. Made by the factory methods; never shown with its secret.</summary>
public abstract class NatsAuthentication
{
    private protected NatsAuthentication()
    {
    }

    /// <summary>A user and a password.</summary>
    public static NatsAuthentication UserPassword(string user, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        ArgumentNullException.ThrowIfNull(password);
        return new FixedAuthentication(new ConnectCredentials(User: user, Password: password));
    }

    /// <summary>A token.</summary>
    public static NatsAuthentication Token(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return new FixedAuthentication(new ConnectCredentials(Token: token));
    }

    /// <summary>An NKey: the server sends a nonce, the seed signs it and never leaves this process.</summary>
    /// <param name="seed">The user's seed, 58 characters that begin with <c>SU</c>.</param>
    /// <exception cref="TaskConfigurationException">The seed cannot be read.</exception>
    public static NatsAuthentication NKey(string seed)
    {
        NKeyPair keys = NKeyPair.FromSeed(seed, "NatsAuthentication.NKey");
        return new SignerAuthentication(keys.PublicKey, jwt: null, (nonce, _) => ValueTask.FromResult(keys.Sign(nonce)));
    }

    /// <summary>A <c>.creds</c> file with a JWT and a seed. Read again on every connection, so that it may be replaced while the process runs.</summary>
    /// <param name="path">The file.</param>
    public static NatsAuthentication CredentialsFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new CredentialsFileAuthentication(path);
    }

    /// <summary>A signer of the caller's own: the key may stay in a vault or a hardware module.</summary>
    /// <param name="publicKey">The public NKey; null when a JWT names it.</param>
    /// <param name="jwt">The user's JWT; null for a plain NKey.</param>
    /// <param name="sign">Signs a nonce with Ed25519: 64 bytes.</param>
    public static NatsAuthentication Signer(string? publicKey, string? jwt, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        return publicKey is null && jwt is null
            ? throw new TaskConfigurationException("NatsAuthentication.Signer needs a public key, a JWT, or both.")
            : new SignerAuthentication(publicKey, jwt, sign);
    }

    /// <summary>What to put into CONNECT.</summary>
    internal abstract ValueTask<ConnectCredentials> AnswerAsync(string nonce, CancellationToken cancellationToken);
}
