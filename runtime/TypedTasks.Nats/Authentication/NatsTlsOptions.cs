using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TypedTasks.Nats.Authentication;

/// <summary>TLS towards the NATS servers. Certificates are always validated; to trust a private authority, name its roots.</summary>
public sealed class NatsTlsOptions
{
    /// <summary>
    /// Refuses a server that does not offer TLS, before any credentials are sent. <c>tls://</c> addresses imply it.
    /// Set it whenever the network is not trusted: the server's offer comes in plain text and can be stripped.
    /// </summary>
    public bool RequireTls { get; set; }

    /// <summary>Begins with TLS instead of upgrading (the server's <c>handshake_first</c>, from 2.10.4).</summary>
    public bool HandshakeFirst { get; set; }

    /// <summary>The name that the server's certificate must bear; the address's host when null.</summary>
    public string? TargetHost { get; set; }

    /// <summary>Roots to trust instead of the system's; the system's when null or empty.</summary>
    public X509Certificate2Collection? TrustedRoots { get; set; }

    /// <summary>The client's certificate, with its private key, for servers that verify clients.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    internal SslClientAuthenticationOptions ForHost(string host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = TargetHost ?? host };
        if (ClientCertificate is not null)
        {
            options.ClientCertificates = [ClientCertificate];
        }

        if (TrustedRoots is { Count: > 0 })
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(TrustedRoots);
        }

        return options;
    }
}
