namespace TypedTasks.Nats.Protocol;

/// <summary>What the parser accepts at most. Every length that comes from the network is compared with one of these before anything is allocated for it.</summary>
internal static class NatsLimits
{
    /// <summary>The longest control line, without its line end. Servers limit clients to 4096; a delivery's reply subject may be longer than what was sent.</summary>
    public const int ControlLine = 8 * 1024;

    /// <summary>The longest INFO line: it lists the cluster's addresses.</summary>
    public const int InfoLine = 256 * 1024;

    /// <summary>The largest message, headers and payload together. A server may be configured up to this.</summary>
    public const int Message = 64 * 1024 * 1024;

    /// <summary>The largest header block that JetStream stores.</summary>
    public const int HeaderBlock = 65_535;
}
