using TypedTasks.Redis.Connection;

namespace TypedTasks.Redis.Tests.Connection;

public sealed class ConnectionStringTests
{
    [Fact]
    public void Every_option_that_dotnet_users_know_is_read()
    {
        RedisEngineOptions options = RedisEngineOptions.Parse(
            "a:7000, b ,password=p=w,ssl=true,user=u,defaultDatabase=3,serviceName=main,name=app,connectTimeout=100,keepAlive=7,abortConnect=false,sslHost=h");
        Assert.Equal(["a:7000", "b:26379"], options.Endpoints);
        Assert.Equal("p=w", options.Password);
        Assert.Equal("u", options.User);
        Assert.True(options.Ssl);
        Assert.Equal("h", options.SslHost);
        Assert.Equal(3, options.DefaultDatabase);
        Assert.Equal("main", options.ServiceName);
        Assert.Equal("app", options.ClientName);
        Assert.Equal(TimeSpan.FromMilliseconds(100), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(7), options.KeepAlive);
        Assert.False(options.AbortsConnect);
        Assert.DoesNotContain("p=w", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "localhost:6379")]
    [InlineData("localhost,ssl=true", "localhost:6380")]
    [InlineData("[::1]:7000", "[::1]:7000")]
    [InlineData("::1", "[::1]:6379")]
    public void A_port_that_is_not_given_is_the_usual_one(string text, string endpoint) =>
        Assert.Equal(endpoint, Assert.Single(RedisEngineOptions.Parse(text).Endpoints));

    [Theory]
    [InlineData("")]
    [InlineData("password=x")]
    [InlineData("localhost,pasword=secret")]
    [InlineData("localhost,ssl=perhaps")]
    [InlineData("localhost,defaultDatabase=-1")]
    [InlineData("localhost:99999")]
    [InlineData("redis://localhost:6379")]
    [InlineData("rediss://user:secret@localhost:6380/1")]
    [InlineData("redis://:p=secret@localhost")]
    public void What_is_wrong_is_named_without_secrets(string text)
    {
        TaskConfigurationException refused = Assert.Throws<TaskConfigurationException>(() => RedisEngineOptions.Parse(text));
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123456789", 12739)]
    [InlineData("foo", 12182)]
    [InlineData("tt:{foo}:lane:x", 12182)]
    [InlineData("{}foo", 9500)]
    public void A_key_has_the_slot_that_Redis_gives_it(string key, int slot) => Assert.Equal(slot, ClusterSlot.Of(System.Text.Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void A_redirection_is_read_and_nonsense_is_not()
    {
        Assert.True(Redirection.TryParse("MOVED 3999 127.0.0.1:6381"u8, out Redirection moved));
        Assert.Equal(new Redirection(3999, new RedisEndpoint("127.0.0.1", 6381)), moved);
        Assert.True(Redirection.TryParse("ASK 1 :6381"u8, out Redirection same));
        Assert.Equal("", same.Endpoint.Host);
        Assert.False(Redirection.TryParse("MOVED"u8, out _));
        Assert.False(Redirection.TryParse("MOVED 99999 a:1"u8, out _));
        Assert.False(Redirection.TryParse("MOVED 1 a:x"u8, out _));
    }

    [Fact]
    public void Waiting_grows_with_jitter_up_to_its_cap()
    {
        var random = new Random(1);
        Assert.Equal(TimeSpan.Zero, Backoff.Next(0, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), random));
        for (int failures = 1; failures < 100; failures++)
        {
            TimeSpan wait = Backoff.Next(failures, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), random);
            Assert.InRange(wait.TotalMilliseconds, 2, Math.Min(2000, 20 * Math.Pow(2, failures - 1)));
        }
    }
}
