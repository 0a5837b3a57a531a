using Microsoft.Extensions.Configuration;
using TypedTasks.Shared;

namespace TypedTasks.Redis;

/// <summary>Reads <see cref="RedisEngineOptions"/> from configuration. The keys are the names of the options, and <c>ConnectionString</c>, which comes first.</summary>
internal static class RedisSettings
{
    /// <summary>Reads a section, and returns the options with everything that is wrong with it.</summary>
    public static (RedisEngineOptions Options, List<string> Mistakes) Read(IConfigurationSection section)
    {
        var settings = new SettingsReader(section);
        var options = new RedisEngineOptions();
        settings.Text("ConnectionString", value =>
        {
            try
            {
                options = RedisEngineOptions.Parse(value);
            }
            catch (TaskConfigurationException error)
            {
                settings.Mistakes.Add($"{section.Path}:ConnectionString: {error.Message}");
            }
        });
        settings.Text(nameof(options.ServiceName), value => options.ServiceName = value);
        settings.Flag(nameof(options.Ssl), value => options.Ssl = value);
        settings.Texts(nameof(options.Endpoints), value =>
        {
            try
            {
                options.Endpoints = RedisEngineOptions.Parse(string.Join(',', value) + (options.ServiceName is null ? "" : ",serviceName=x") + (options.Ssl ? ",ssl=true" : "")).Endpoints;
            }
            catch (TaskConfigurationException error)
            {
                settings.Mistakes.Add($"{section.Path}:{nameof(options.Endpoints)}: {error.Message}");
            }
        });
        settings.Text(nameof(options.User), value => options.User = value);
        settings.Text(nameof(options.Password), value => options.Password = value);
        settings.Text(nameof(options.SslHost), value => options.SslHost = value);
        settings.Number(nameof(options.DefaultDatabase), value => options.DefaultDatabase = value);
        settings.Text(nameof(options.ClientName), value => options.ClientName = value);
        settings.Text(nameof(options.KeyPrefix), value => options.KeyPrefix = value);
        settings.Duration(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        settings.Duration(nameof(options.CommandTimeout), value => options.CommandTimeout = value);
        settings.Duration(nameof(options.KeepAlive), value => options.KeepAlive = value);
        settings.Number(nameof(options.MaxTasksPerLane), value => options.MaxTasksPerLane = value);
        settings.Duration(nameof(options.PublishTimeout), value => options.PublishTimeout = value);
        settings.Number(nameof(options.MaxEnvelopeLength), value => options.MaxEnvelopeLength = value);
        settings.Number(nameof(options.MaxOutcomeLength), value => options.MaxOutcomeLength = value);
        settings.Number(nameof(options.MaxInFlight), value => options.MaxInFlight = value);
        settings.LongNumber(nameof(options.MaxInFlightBytes), value => options.MaxInFlightBytes = value);
        settings.Number(nameof(options.WaitReplicas), value => options.WaitReplicas = value);
        settings.Duration(nameof(options.WaitTimeout), value => options.WaitTimeout = value);
        settings.End();
        return (options, settings.Mistakes);
    }
}
