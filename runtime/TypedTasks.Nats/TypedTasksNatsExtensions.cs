using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Nats;
using TypedTasks.Nats.JetStream;

namespace TypedTasks;

/// <summary>Registers the NATS engine. In the builder's namespace, so that <c>using TypedTasks;</c> is enough.</summary>
public static class TypedTasksNatsExtensions
{
    /// <summary>Uses NATS JetStream, from server version 2.9 on.</summary>
    /// <param name="builder">The host's tasks.</param>
    /// <param name="server">A server's address, such as <c>nats://localhost:4222</c>.</param>
    /// <param name="configure">Further servers, credentials, TLS, limits.</param>
    /// <exception cref="TaskConfigurationException">The address or an option cannot be; the message names every one, and no secret.</exception>
    public static TypedTasksBuilder UseNats(this TypedTasksBuilder builder, string server, Action<NatsEngineOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(server);
        return builder.UseNats(options =>
        {
            options.Servers.Add(server);
            configure?.Invoke(options);
        });
    }

    /// <summary>Uses NATS JetStream, from server version 2.9 on, as a section of the configuration says: its keys are the names of the options.</summary>
    /// <param name="builder">The host's tasks.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="configure">Changes the options that the section gave.</param>
    /// <exception cref="TaskConfigurationException">The section is missing, or something in it cannot be; the message names every key, and no secret.</exception>
    public static TypedTasksBuilder UseNats(this TypedTasksBuilder builder, IConfiguration configuration, string section = "TypedTasks:Nats", Action<NatsEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(section);
        IConfigurationSection found = configuration.GetSection(section);
        if (!found.Exists())
        {
            throw new TaskConfigurationException($"There is no section '{found.Path}' in the configuration. Give it at least one server: {found.Path}:Servers.");
        }

        return builder.UseNats(options =>
        {
            List<string> mistakes = NatsSettings.Read(found, options);
            configure?.Invoke(options);
            if (options.Servers.Count == 0)
            {
                mistakes.Add($"{found.Path}:{nameof(options.Servers)} names no server");
            }

            options.Check(mistakes);
        });
    }

    /// <summary>Uses NATS JetStream, from server version 2.9 on.</summary>
    /// <param name="builder">The host's tasks.</param>
    /// <param name="configure">Servers, credentials, TLS, limits.</param>
    /// <exception cref="TaskConfigurationException">An option cannot be; the message names every one, and no secret.</exception>
    public static TypedTasksBuilder UseNats(this TypedTasksBuilder builder, Action<NatsEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new NatsEngineOptions();
        configure(options);
        options.Check();
        return builder.UseEngine("nats", services => new NatsEngine(
            options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILoggerFactory>()?.CreateLogger("TypedTasks.Nats") ?? NullLogger.Instance));
    }
}
