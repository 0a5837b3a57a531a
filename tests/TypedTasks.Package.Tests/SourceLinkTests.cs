using System.Reflection.Metadata;
using System.Text.Json;

namespace TypedTasks.Package.Tests;

/// <summary>What is released can be made again by anyone, and stepped into: the same bytes in whatever folder, and symbols that say where each source is.</summary>
public sealed class SourceLinkTests(Feed feed) : IDisposable
{
    // Kinds of custom debug information: Portable PDB format specification, "Source Link" and "Embedded Source".
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly string _home = Directory.CreateTempSubdirectory("typedtasks-clones-").FullName;

    [Fact]
    public async Task A_commit_gives_the_same_bytes_anywhere_and_its_symbols_link_to_that_commit()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "This is no git clone: there is no commit to build twice.");
        string first = await BuildAsync("first");
        string second = await BuildAsync("another-folder");
        Assert.Equal(await File.ReadAllBytesAsync($"{first}.dll"), await File.ReadAllBytesAsync($"{second}.dll"));
        Assert.Equal(await File.ReadAllBytesAsync($"{first}.pdb"), await File.ReadAllBytesAsync($"{second}.pdb"));

        string commit = (await RunAsync(Repository.Root, "git", "rev-parse", "HEAD")).Output.Trim();
        await using FileStream file = File.OpenRead($"{first}.pdb");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
        MetadataReader symbols = provider.GetMetadataReader();
        (string prefix, string address) = ReadMap(symbols);
        Assert.Equal($"https://raw.githubusercontent.com/somebody/tasks/{commit}/*", address);

        // Every source is at that address, or in the symbols themselves: what a generator wrote is in no repository.
        string root = prefix.TrimEnd('*');
        string[] committed = (await RunAsync(Repository.Root, "git", "ls-tree", "-r", "--name-only", "HEAD")).Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(symbols.Documents, handle =>
        {
            string name = symbols.GetString(symbols.GetDocument(handle).Name);
            Assert.StartsWith(root, name, StringComparison.Ordinal);
            Assert.True(committed.Contains(name[root.Length..]) || Of(symbols, handle, EmbeddedSource).Any(), $"{name} is neither in the commit nor in the symbols.");
        });
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    // A clone as a build machine has it, of a host whose addresses the SDK knows.
    private async Task<string> BuildAsync(string folder)
    {
        string clone = Path.Combine(_home, folder);
        await RunAsync(_home, "git", "clone", "--quiet", Repository.Root, clone);
        await RunAsync(clone, "git", "remote", "set-url", "origin", "https://github.com/somebody/tasks.git");
        await RunAsync(clone, "dotnet", "build", "runtime/TypedTasks", "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-p:ContinuousIntegrationBuild=true");
        return Path.Combine(clone, "runtime", "TypedTasks", "bin", "Release", "net10.0", "TypedTasks");
    }

    private async Task<Ran> RunAsync(string folder, string program, params string[] arguments) =>
        (await Shell.RunAsync(folder, feed.Environment, program, arguments)).Succeeded();

    private static (string Prefix, string Address) ReadMap(MetadataReader symbols)
    {
        using JsonDocument map = JsonDocument.Parse(symbols.GetBlobBytes(Assert.Single(Of(symbols, EntityHandle.ModuleDefinition, SourceLink)).Value));
        JsonProperty entry = Assert.Single(map.RootElement.GetProperty("documents").EnumerateObject());
        return (entry.Name, entry.Value.GetString()!);
    }

    private static IEnumerable<CustomDebugInformation> Of(MetadataReader symbols, EntityHandle parent, Guid kind) =>
        symbols.GetCustomDebugInformation(parent).Select(symbols.GetCustomDebugInformation).Where(information => symbols.GetGuid(information.Kind) == kind);
}
