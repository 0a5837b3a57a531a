using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>A server of an operator: users come with a JWT and a seed, in a <c>.creds</c> file.</summary>
public sealed class CredentialsTests
{
    [Fact]
    public async Task A_credentials_file_opens_and_is_read_again_and_one_of_another_account_is_refused()
    {
        var operatorKey = new TestKey(14 << 3);
        var account = new TestKey(0);
        var user = new TestKey(20 << 3);
        string operatorJwt = Token(operatorKey, operatorKey.Public, "\"type\":\"operator\",\"version\":2");
        var system = new TestKey(0);
        string systemJwt = Token(operatorKey, system.Public, "\"type\":\"account\",\"version\":2");
        string accountJwt = Token(operatorKey, account.Public,
            "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1},\"type\":\"account\",\"version\":2");
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
        {
            Configuration = $"operator: {operatorJwt}\nsystem_account: {system.Public}\nresolver: MEMORY\nresolver_preload: {{ {account.Public}: {accountJwt}, {system.Public}: {systemJwt} }}",
        });
        string file = Path.Combine(server.Directory, "user.creds");
        await File.WriteAllTextAsync(file, Credentials(account, user));
        await using (NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.CredentialsFile(file)))
        {
            await engine.StartAsync([TestLane], CancellationToken.None);
            await PublishAsync(engine, TaskId.New());

            // Replaced while the engine runs: the next connection bears the new one.
            await File.WriteAllTextAsync(file, Credentials(account, new TestKey(20 << 3)));
            await server.RestartAsync();
            await PublishAsync(engine, TaskId.New());
        }

        await File.WriteAllTextAsync(file, Credentials(new TestKey(0), user));
        await using NatsEngine refused = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.CredentialsFile(file));
        TaskConfigurationException error = await Assert.ThrowsAsync<TaskConfigurationException>(() => refused.StartAsync([TestLane], CancellationToken.None).AsTask());
        Assert.Contains("NatsEngineOptions.Authentication", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Seed, error.Message, StringComparison.Ordinal);
    }

    private static string Credentials(TestKey account, TestKey user)
    {
        string jwt = Token(account, user.Public, "\"pub\":{},\"sub\":{},\"subs\":-1,\"data\":-1,\"payload\":-1,\"type\":\"user\",\"version\":2");
        return $"-----BEGIN NATS USER JWT-----\n{jwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n{user.Seed}\n------END USER NKEY SEED------\n";
    }

    private static string Token(TestKey issuer, string subject, string claims)
    {
        string body = $"{{\"jti\":\"{Guid.NewGuid():N}\",\"iat\":{DateTimeOffset.UtcNow.ToUnixTimeSeconds()},\"iss\":\"{issuer.Public}\",\"name\":\"test\",\"sub\":\"{subject}\",\"nats\":{{{claims}}}}}";
        string signed = $"{Base64Url.EncodeToString("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body))}";
        return $"{signed}.{Base64Url.EncodeToString(issuer.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A key of any kind: the kind is the first byte of its text.</summary>
    private sealed class TestKey(byte kind)
    {
        private readonly byte[] _seed = RandomNumberGenerator.GetBytes(32);

        public string Public => Text([kind, .. Ed25519.PublicKey(_seed)]);

        public string Seed => Text([(byte)((18 << 3) | (kind >> 5)), (byte)((kind & 31) << 3), .. _seed]);

        public byte[] Sign(byte[] message) => Ed25519.Sign(_seed, message);

        private static string Text(byte[] bytes)
        {
            ushort check = NKeyPair.Crc16(bytes);
            return NKeyPair.Encode([.. bytes, (byte)check, (byte)(check >> 8)]);
        }
    }
}
