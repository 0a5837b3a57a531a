using System.Numerics;
using Microsoft.Extensions.Logging;

namespace TypedTasks.Shared;

/// <summary>How loudly a broker that stays away is told of: the first failures, then ever fewer, at last every 32nd, however long it lasts.</summary>
internal static class Outage
{
    private const int Seldom = 32;

    /// <summary>The level of a failure, counted from one since the connection was lost.</summary>
    internal static LogLevel LevelOf(int failures) =>
        failures % Seldom == 0 || (failures < Seldom && BitOperations.IsPow2(failures)) ? LogLevel.Warning : LogLevel.Debug;
}
