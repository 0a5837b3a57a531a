using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using TypedTasks.Nats.Authentication;
using TypedTasks.Shared;

namespace TypedTasks.Nats;

/// <summary>Reads <see cref="NatsEngineOptions"/> from configuration. The keys are the names of the options.</summary>
internal static class NatsSettings
{
    /// <summary>Reads a section into options, and returns everything that is wrong with it.</summary>
    public static List<string> Read(IConfigurationSection section, NatsEngineOptions options)
    {
        var settings = new SettingsReader(section);
        settings.Texts(nameof(options.Servers), servers =>
        {
            foreach (string server in servers)
            {
                options.Servers.Add(server);
            }
        });
        settings.Text(nameof(options.ConnectionName), value => options.ConnectionName = value);
        settings.Flag(nameof(options.DiscoverServers), value => options.DiscoverServers = value);
        settings.Text(nameof(options.Prefix), value => options.Prefix = value);
        settings.Text(nameof(options.InboxPrefix), value => options.InboxPrefix = value);
        settings.Text(nameof(options.Domain), value => options.Domain = value);
        settings.Number(nameof(options.Replicas), value => options.Replicas = value);
        settings.OneOf<NatsStorage>(nameof(options.Storage), value => options.Storage = value);
        settings.LongNumber(nameof(options.MaxTasksPerQueue), value => options.MaxTasksPerQueue = value);
        settings.LongNumber(nameof(options.MaxBytesPerQueue), value => options.MaxBytesPerQueue = value);
        settings.Number(nameof(options.MaxInFlightPerLane), value => options.MaxInFlightPerLane = value);
        settings.Duration(nameof(options.DuplicateWindow), value => options.DuplicateWindow = value);
        settings.Duration(nameof(options.PublishTimeout), value => options.PublishTimeout = value);
        settings.Duration(nameof(options.RequestTimeout), value => options.RequestTimeout = value);
        settings.Duration(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        settings.Duration(nameof(options.PingInterval), value => options.PingInterval = value);
        settings.Duration(nameof(options.MaxReconnectDelay), value => options.MaxReconnectDelay = value);
        settings.Number(nameof(options.MaxPendingCalls), value => options.MaxPendingCalls = value);
        settings.LongNumber(nameof(options.MaxPendingBytes), value => options.MaxPendingBytes = value);
        settings.Duration(nameof(options.MaxRetention), value => options.MaxRetention = value);
        settings.Number(nameof(options.MaxOutcomeLength), value => options.MaxOutcomeLength = value);
        if (settings.Part(nameof(options.Authentication)) is { } authentication)
        {
            ReadAuthentication(authentication, section, options);
        }

        if (settings.Part(nameof(options.Tls)) is { } tls)
        {
            ReadTls(tls, section, options.Tls);
        }

        settings.End();
        return settings.Mistakes;
    }

    private static void ReadAuthentication(SettingsReader settings, IConfigurationSection section, NatsEngineOptions options)
    {
        string? user = null, password = null, token = null, seed = null, file = null;
        settings.Text("User", value => user = value);
        settings.Text("Password", value => password = value);
        settings.Text("Token", value => token = value);
        settings.Text("NKeySeed", value => seed = value);
        settings.Text("CredentialsFile", value => file = value);
        settings.End();
        string path = $"{section.Path}:{nameof(options.Authentication)}";
        if (new[] { user ?? password, token, seed, file }.Count(value => value is not null) != 1 || (user is null) != (password is null))
        {
            settings.Mistakes.Add($"{path} is to be one of: User and Password; Token; NKeySeed; CredentialsFile");
            return;
        }

        try
        {
            options.Authentication = user is not null ? NatsAuthentication.UserPassword(user, password!)
                : token is not null ? NatsAuthentication.Token(token)
                : seed is not null ? NatsAuthentication.NKey(seed)
                : NatsAuthentication.CredentialsFile(file!);
        }
        catch (TaskConfigurationException error)
        {
            settings.Mistakes.Add($"{path}:NKeySeed: {error.Message}");
        }
    }

    private static void ReadTls(SettingsReader settings, IConfigurationSection section, NatsTlsOptions tls)
    {
        string? roots = null, certificate = null, key = null;
        settings.Flag(nameof(tls.RequireTls), value => tls.RequireTls = value);
        settings.Flag(nameof(tls.HandshakeFirst), value => tls.HandshakeFirst = value);
        settings.Text(nameof(tls.TargetHost), value => tls.TargetHost = value);
        settings.Text("TrustedRootsFile", value => roots = value);
        settings.Text("ClientCertificateFile", value => certificate = value);
        settings.Text("ClientKeyFile", value => key = value);
        settings.End();
        string path = $"{section.Path}:{nameof(NatsEngineOptions.Tls)}";
        Load(settings, $"{path}:TrustedRootsFile", roots, file =>
        {
            tls.TrustedRoots = [];
            tls.TrustedRoots.ImportFromPemFile(file);
            return tls.TrustedRoots.Count > 0;
        });
        Load(settings, $"{path}:ClientCertificateFile", certificate, file =>
        {
            tls.ClientCertificate = X509Certificate2.CreateFromPemFile(file, key);
            return tls.ClientCertificate.HasPrivateKey;
        });
        if (key is not null && certificate is null)
        {
            settings.Mistakes.Add($"{path}:ClientKeyFile needs a ClientCertificateFile beside it");
        }
    }

    private static void Load(SettingsReader settings, string path, string? file, Func<string, bool> load)
    {
        try
        {
            if (file is not null && !load(file))
            {
                settings.Mistakes.Add($"{path} '{file}' holds no certificate in the PEM format");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            settings.Mistakes.Add($"{path} '{file}' cannot be read: {error.Message}");
        }
    }
}
