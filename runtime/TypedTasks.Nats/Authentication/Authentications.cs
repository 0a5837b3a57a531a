using System.Buffers.Text;
using System.Text;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Authentication;

/// <summary>Credentials that do not depend on the server's nonce.</summary>
internal sealed class FixedAuthentication(ConnectCredentials credentials) : NatsAuthentication
{
    internal override ValueTask<ConnectCredentials> AnswerAsync(string nonce, CancellationToken cancellationToken) => ValueTask.FromResult(credentials);
}

/// <summary>Credentials that sign the nonce.</summary>
internal sealed class SignerAuthentication(string? publicKey, string? jwt, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign) : NatsAuthentication
{
    internal override async ValueTask<ConnectCredentials> AnswerAsync(string nonce, CancellationToken cancellationToken)
    {
        if (nonce.Length == 0)
        {
            throw new NatsConnectException(ConnectProblem.Authentication,
                "The NATS server offers no nonce to sign: it is not configured for NKeys or JWTs. Configure them there, or change NatsEngineOptions.Authentication.");
        }

        byte[] signature = await sign(Encoding.ASCII.GetBytes(nonce), cancellationToken).ConfigureAwait(false);
        return new ConnectCredentials(NKey: jwt is null ? publicKey : null, Jwt: jwt, Signature: Base64Url.EncodeToString(signature));
    }
}

/// <summary>Credentials in a file that tools for NATS write.</summary>
internal sealed class CredentialsFileAuthentication(string path) : NatsAuthentication
{
    internal override async ValueTask<ConnectCredentials> AnswerAsync(string nonce, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NatsConnectException(ConnectProblem.Authentication, $"The credentials file '{path}' cannot be read: {error.Message} Check NatsEngineOptions.Authentication.", error);
        }

        string? jwt = Section(text, "NATS USER JWT");
        string? seed = Section(text, "USER NKEY SEED");
        if (jwt is null || seed is null)
        {
            throw new NatsConnectException(ConnectProblem.Authentication,
                $"The credentials file '{path}' holds no NATS USER JWT and USER NKEY SEED. Check NatsEngineOptions.Authentication.");
        }

        NKeyPair keys = NKeyPair.FromSeed(seed, path);
        var signer = new SignerAuthentication(null, jwt, (bytes, _) => ValueTask.FromResult(keys.Sign(bytes)));
        return await signer.AnswerAsync(nonce, cancellationToken).ConfigureAwait(false);
    }

    // The text between a line of dashes with BEGIN and the name, and the next line of dashes.
    private static string? Section(string text, string name)
    {
        int begin = text.IndexOf($"BEGIN {name}", StringComparison.Ordinal);
        int from = begin < 0 ? -1 : text.IndexOf('\n', begin);
        int to = from < 0 ? -1 : text.IndexOf("---", from, StringComparison.Ordinal);
        string section = to < 0 ? "" : text[from..to].Trim();
        return section.Length == 0 ? null : section;
    }
}
