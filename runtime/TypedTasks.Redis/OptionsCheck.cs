using TypedTasks.Redis.Streams;
using TypedTasks.Shared;

namespace TypedTasks.Redis;

/// <summary>Finds every option that cannot be, and names them all at once.</summary>
internal static class OptionsCheck
{
    internal static void Check(RedisEngineOptions options, IReadOnlyCollection<string>? known = null)
    {
        List<string> mistakes = [.. known ?? []];
        Require(options.Endpoints.Count > 0, nameof(options.Endpoints), "must name a server", mistakes);
        Require(LaneKeys.IsName(options.KeyPrefix), nameof(options.KeyPrefix), "must be a name without spaces, slashes and braces", mistakes);
        Require(LaneKeys.IsName(options.ClientName) && options.ClientName.All(char.IsAscii), nameof(options.ClientName), "must be an ASCII name without spaces", mistakes);
        Require(options.DefaultDatabase >= 0, nameof(options.DefaultDatabase), "must not be negative", mistakes);
        Require(OptionTimes.IsWait(options.ConnectTimeout), nameof(options.ConnectTimeout), "must be positive, and at most a day", mistakes);
        Require(OptionTimes.IsWait(options.CommandTimeout), nameof(options.CommandTimeout), "must be positive, and at most a day", mistakes);
        Require(OptionTimes.IsWait(options.KeepAlive), nameof(options.KeepAlive), "must be positive, and at most a day", mistakes);
        Require(options.MaxTasksPerLane > 0, nameof(options.MaxTasksPerLane), "must be at least 1", mistakes);
        Require(options.MaxEnvelopeLength is > 0 and <= 32 * 1024 * 1024, nameof(options.MaxEnvelopeLength), "must be from 1 to 32 MiB", mistakes);
        Require(options.MaxOutcomeLength is > 0 and <= 32 * 1024 * 1024, nameof(options.MaxOutcomeLength), "must be from 1 to 32 MiB", mistakes);
        Require(options.MaxInFlight is >= 16 and <= 1024 * 1024, nameof(options.MaxInFlight), "must be from 16 to 1,048,576", mistakes);
        Require(options.MaxInFlightBytes >= 1024 * 1024, nameof(options.MaxInFlightBytes), "must be at least 1 MiB", mistakes);
        Require(options.WaitReplicas >= 0, nameof(options.WaitReplicas), "must not be negative", mistakes);
        Require(OptionTimes.IsWait(options.WaitTimeout), nameof(options.WaitTimeout), "must be positive, and at most a day", mistakes);
        Require(
            options.WaitReplicas == 0 || options.WaitTimeout < options.CommandTimeout,
            nameof(options.WaitTimeout),
            $"must be less than {nameof(options.CommandTimeout)}, or a missing replica looks like a dead connection",
            mistakes);
        Require(
            options.PublishTimeout >= TimeSpan.Zero || options.PublishTimeout == Timeout.InfiniteTimeSpan, nameof(options.PublishTimeout), "must not be negative, except Timeout.InfiniteTimeSpan", mistakes);
        Require(options.User is null || options.Password is not null, nameof(options.User), "needs a password beside it", mistakes);
        foreach (string endpoint in options.Endpoints)
        {
            try
            {
                Connection.RedisEndpoint.Parse(endpoint, 6379);
            }
            catch (TaskConfigurationException mistake)
            {
                mistakes.Add(mistake.Message);
            }
        }

        if (mistakes.Count > 0)
        {
            throw new TaskConfigurationException(string.Join(Environment.NewLine, mistakes));
        }
    }

    private static void Require(bool good, string name, string law, List<string> mistakes)
    {
        if (!good)
        {
            mistakes.Add($"{nameof(RedisEngineOptions)}.{name} {law}.");
        }
    }
}
