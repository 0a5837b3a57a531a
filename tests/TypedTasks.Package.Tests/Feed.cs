[assembly: AssemblyFixture(typeof(TypedTasks.Package.Tests.Feed))]

namespace TypedTasks.Package.Tests;

/// <summary>
/// The packages, made by nuget/pack.sh, in a folder that serves as a feed; and a machine that has never seen them: its own package
/// folder, with this machine's as a fallback for everything else.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("typedtasks-packages-").FullName;
    private int _projects;

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = typeof(ITaskClient<>).Assembly.GetName().Version!.ToString(3);

    /// <summary>Where the packages say that their sources are.</summary>
    public const string Address = "https://github.com/somebody/tasks";

    /// <summary>The folder with the packages.</summary>
    public string Folder => Path.Combine(_home, "feed");

    internal IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        string fallback = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Environment = new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Path.Combine(_home, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = WithoutOurs(fallback),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["CI"] = "",
        };
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(_home, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Folder}" />
              </packageSources>
            </configuration>
            """);
        await PackAsync(Folder);
    }

    /// <summary>Makes the packages into a folder.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="more">Further arguments of pack.sh, such as another version.</param>
    internal async Task PackAsync(string folder, params string[] more) =>
        (await Shell.RunAsync(Repository.Root, Environment, Path.Combine(Repository.Root, "nuget", "pack.sh"), [$"--out={folder}", $"--repository={Address}", .. more])).Succeeded();

    /// <summary>The packages of a folder, but for those that are tested: a machine on which somebody has tried them has some of the same version.</summary>
    private string WithoutOurs(string packages)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_home, "fallback")).FullName;
        foreach (string package in Directory.Exists(packages) ? Directory.GetDirectories(packages) : [])
        {
            string id = Path.GetFileName(package);
            if (!id.StartsWith("typedtasks", StringComparison.OrdinalIgnoreCase))
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, id), package);
            }
        }

        return folder;
    }

    /// <summary>A new project of a template, with warnings as errors, in a folder of its own unless one is given.</summary>
    internal async Task<Project> NewAsync(string template, string name, string? solution = null, params string[] packages)
    {
        string parent = solution ?? Path.Combine(_home, $"{++_projects}");
        Directory.CreateDirectory(parent);
        (await Shell.RunAsync(parent, Environment, "dotnet", "new", template, "--name", name, "--output", name, "--no-restore")).Succeeded();
        Project project = new(this, Path.Combine(parent, name), name);
        foreach (string package in packages)
        {
            await project.AddPackageAsync(package);
        }

        return project;
    }

    /// <summary>A folder for several projects.</summary>
    internal string NewSolution()
    {
        string folder = Path.Combine(_home, $"{++_projects}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_home, recursive: true);
        return default;
    }
}
