using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedTasks.TestServers;

/// <summary>
/// A certificate authority made for one test, with a certificate for servers on loopback and one for clients, as PEM files
/// and as objects.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private TestCertificates(string directory, X509Certificate2 authority, X509Certificate2 server, X509Certificate2 client)
    {
        Directory = directory;
        Authority = authority;
        Server = server;
        Client = client;
    }

    /// <summary>Where the files are.</summary>
    public string Directory { get; }

    /// <summary>The authority's certificate: what a client trusts.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The server's certificate, for localhost and 127.0.0.1, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The client's certificate, with its key.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>The authority's certificate in PEM.</summary>
    public string AuthorityFile => Path.Combine(Directory, "ca.pem");

    /// <summary>The server's certificate in PEM.</summary>
    public string ServerFile => Path.Combine(Directory, "server.pem");

    /// <summary>The server's private key in PEM.</summary>
    public string ServerKeyFile => Path.Combine(Directory, "server.key");

    /// <summary>The client's certificate in PEM.</summary>
    public string ClientFile => Path.Combine(Directory, "client.pem");

    /// <summary>The client's private key in PEM.</summary>
    public string ClientKeyFile => Path.Combine(Directory, "client.key");

    /// <summary>Makes new certificates in a directory of their own.</summary>
    public static TestCertificates Create()
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("typedtasks-tls-").FullName;
        DateTimeOffset now = DateTimeOffset.UtcNow;

        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=TypedTasks test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        X509Certificate2 authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));

        TestCertificates certificates = new(
            directory,
            authority,
            Issue(authority, "CN=localhost", "1.3.6.1.5.5.7.3.1", now),
            Issue(authority, "CN=client", "1.3.6.1.5.5.7.3.2", now));
        File.WriteAllText(certificates.AuthorityFile, authority.ExportCertificatePem());
        Write(certificates.Server, certificates.ServerFile, certificates.ServerKeyFile);
        Write(certificates.Client, certificates.ClientFile, certificates.ClientKeyFile);
        return certificates;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        Client.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string subject, string use, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        using X509Certificate2 certificate = request.Create(authority, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }

    private static void Write(X509Certificate2 certificate, string file, string keyFile)
    {
        File.WriteAllText(file, certificate.ExportCertificatePem());
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
