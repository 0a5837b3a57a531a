using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Redis;

namespace TypedTasks;

/// <summary>Registers the Redis engine. In the builder's namespace, so that <c>using TypedTasks;</c> is enough.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Uses Redis Streams: <c>UseRedis("localhost:6379")</c>.</summary>
    /// <param name="builder">What is being configured.</param>
    /// <param name="connectionString">As in <see cref="RedisEngineOptions.Parse"/>.</param>
    /// <param name="configure">Changes the options that the connection string gave.</param>
    /// <exception cref="TaskConfigurationException">The connection string or an option cannot be; the message names it.</exception>
    public static TypedTasksBuilder UseRedis(this TypedTasksBuilder builder, string connectionString, Action<RedisEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RedisEngineOptions options = RedisEngineOptions.Parse(connectionString);
        configure?.Invoke(options);
        OptionsCheck.Check(options);
        return builder.Use(options);
    }

    /// <summary>Uses Redis Streams as a section of the configuration says: its keys are <c>ConnectionString</c> and the names of the options.</summary>
    /// <param name="builder">What is being configured.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="configure">Changes the options that the section gave.</param>
    /// <exception cref="TaskConfigurationException">The section is missing, or something in it cannot be; the message names every key, and no secret.</exception>
    public static TypedTasksBuilder UseRedis(this TypedTasksBuilder builder, IConfiguration configuration, string section = "TypedTasks:Redis", Action<RedisEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(section);
        IConfigurationSection found = configuration.GetSection(section);
        if (!found.Exists())
        {
            throw new TaskConfigurationException($"There is no section '{found.Path}' in the configuration. Give it {found.Path}:ConnectionString or {found.Path}:Endpoints.");
        }

        (RedisEngineOptions options, List<string> mistakes) = RedisSettings.Read(found);
        configure?.Invoke(options);
        OptionsCheck.Check(options, mistakes);
        return builder.Use(options);
    }

    private static TypedTasksBuilder Use(this TypedTasksBuilder builder, RedisEngineOptions options)
    {
        if (!options.AbortsConnect)
        {
            builder.StartWithoutBroker();
        }

        return builder.UseEngine("redis", services => new RedisEngine(options, services.GetService<ILogger<RedisEngine>>() ?? NullLogger<RedisEngine>.Instance));
    }
}
