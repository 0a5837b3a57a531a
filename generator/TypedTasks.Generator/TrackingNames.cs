namespace TypedTasks.Generator;

/// <summary>The pipeline's steps by name: the tests read their caching by these.</summary>
internal static class TrackingNames
{
    public const string Contracts = nameof(Contracts);
    public const string NamedContracts = nameof(NamedContracts);
    public const string MarkedPayloads = nameof(MarkedPayloads);
    public const string Codecs = nameof(Codecs);
    public const string Queues = nameof(Queues);
    public const string Handlers = nameof(Handlers);
    public const string Assembly = nameof(Assembly);

    public static IReadOnlyList<string> All { get; } = [Contracts, NamedContracts, MarkedPayloads, Codecs, Queues, Handlers, Assembly];
}
