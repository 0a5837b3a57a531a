using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TypedTasks.TestServers.Tests;

internal static class Tls
{
    /// <summary>Does the client's side of a handshake that trusts only the test authority.</summary>
    public static async Task<SslStream> HandshakeAsync(Stream stream, TestCertificates certificates)
    {
        SslStream tls = new(stream);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificates.Authority);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = [certificates.Client],
            CertificateChainPolicy = policy,
        });
        return tls;
    }
}
