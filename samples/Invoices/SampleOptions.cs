namespace Shop;

/// <summary>The command line.</summary>
public sealed record SampleOptions(string Engine, string Url, string Role, string OrdersPath, bool IsVerbose)
{
    public const string Usage = """
        Issues the invoices of a file of orders: producer and worker in one process or in two, on the engine of your choice.

          dotnet run --project samples/Invoices -- [options]

          --engine <name>    embedded (default): in this process's memory, no server; nats, redis: on a server
          --url <address>    the server; nats://localhost:4222 or localhost:6379 by default
          --role <name>      both (default); on a server also producer or worker, each in a process of its own
          --orders <file>    a CSV file with the header order,customer,country,amount; orders.csv by default
          --verbose          shows what the worker logs: each retry, each dead letter
          --help             shows this
        """;

    /// <summary>The engines that this sample can run on.</summary>
    private static readonly string[] Engines = ["embedded", "nats", "redis"];

    private static readonly string[] Roles = ["both", "producer", "worker"];

    /// <summary>Whether this process enqueues.</summary>
    public bool IsProducer => Role != "worker";

    /// <summary>Whether this process runs tasks.</summary>
    public bool IsWorker => Role != "producer";

    /// <summary>Reads the command line; null asks for <see cref="Usage"/>.</summary>
    /// <exception cref="InvalidDataException">The command line makes no sense; the message says why.</exception>
    public static SampleOptions? Parse(string[] arguments)
    {
        var options = new SampleOptions("embedded", "", "both", Path.Combine(AppContext.BaseDirectory, "orders.csv"), IsVerbose: false);
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--help" or "-h":
                    return null;
                case "--verbose":
                    options = options with { IsVerbose = true };
                    break;
                case "--orders":
                    options = options with { OrdersPath = ValueOf(arguments, ref i) };
                    break;
                case "--engine":
                    options = options with { Engine = ValueOf(arguments, ref i) };
                    break;
                case "--url":
                    options = options with { Url = ValueOf(arguments, ref i) };
                    break;
                case "--role":
                    options = options with { Role = ValueOf(arguments, ref i) };
                    break;
                default:
                    throw new InvalidDataException($"There is no option {arguments[i]}. See --help.");
            }
        }

        if (!Engines.Contains(options.Engine))
        {
            throw new InvalidDataException($"There is no engine '{options.Engine}'. Available: {string.Join(", ", Engines)}.");
        }

        if (!Roles.Contains(options.Role))
        {
            throw new InvalidDataException($"There is no role '{options.Role}'. Available: {string.Join(", ", Roles)}.");
        }

        if (options.Engine == "embedded" && (options.Role != "both" || options.Url.Length > 0))
        {
            throw new InvalidDataException("The embedded engine lives in one process: --role and --url need --engine nats or redis.");
        }

        return options.Url.Length > 0 ? options : options with { Url = DefaultUrlOf(options.Engine) };
    }

    private static string DefaultUrlOf(string engine) => engine switch
    {
        "nats" => "nats://localhost:4222",
        "redis" => "localhost:6379",
        _ => "",
    };

    private static string ValueOf(string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new InvalidDataException($"{arguments[i - 1]} needs a value. See --help.");
}
