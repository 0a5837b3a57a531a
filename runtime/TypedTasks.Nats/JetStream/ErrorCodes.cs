namespace TypedTasks.Nats.JetStream;

/// <summary>JetStream's error codes that mean something to us.</summary>
internal static class ErrorCodes
{
    public const int StoreFailed = 10077;
    public const int WrongLastSequence = 10071;

    /// <summary>What was expected of a subject cannot be said: another message for it is under way (from 2.12, with replicas).</summary>
    public const int SubjectBusy = 10164;
    public const int WrongLastMessageId = 10070;
    public const int StreamNotFound = 10059;
    public const int ConsumerNotFound = 10014;
    public const int MessageNotFound = 10037;
    public const int StreamNameInUse = 10058;
    public const int SubjectOverlap = 10065;
    public const int NotEnabled = 10039;
    public const int NotEnabledForAccount = 10076;
    public const int ReplicasWithoutCluster = 10074;
    public const int TooLarge = 10054;
    public const int HeadersTooLarge = 10097;

    /// <summary>Whether the server cannot do it now and may be able to soon: no leader, starting, the same id under way.</summary>
    public static bool IsTransient(int code) => code is 10008 or 10009 or 10118 or 10119 or 10158 or 10163;

    /// <summary>Whether the server has no room now: its own limits, or the account's.</summary>
    public static bool IsPressure(int code) => code is 10167 or 10023 or 10002 or 10047 or 10028;

    /// <summary>Whether an expectation failed.</summary>
    public static bool IsConflict(int code) => code is WrongLastSequence or SubjectBusy or WrongLastMessageId or 10060;
}
