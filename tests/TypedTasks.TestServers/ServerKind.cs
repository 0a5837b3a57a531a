namespace TypedTasks.TestServers;

/// <summary>A broker that tests run against.</summary>
public enum ServerKind
{
    /// <summary>nats-server.</summary>
    Nats,

    /// <summary>redis-server or valkey-server.</summary>
    Redis,
}

/// <summary>Which release of a broker: a behaviour is supported when it holds at both ends.</summary>
public enum ServerVersion
{
    /// <summary>The oldest release that this machine has and TypedTasks supports.</summary>
    Floor,

    /// <summary>The newest release that this machine has, when it is newer than <see cref="Floor"/>.</summary>
    Newest,
}
