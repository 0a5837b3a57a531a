using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text.Json;

namespace TypedTasks.Package.Tests;

/// <summary>What is released can be made again by anyone, and stepped into: the same bytes in whatever folder, and symbols that say where each source is.</summary>
public sealed class ReleaseTests(Feed feed) : IDisposable
{
    private const string Origin = "https://github.com/somebody/tasks.git";

    // Kinds of custom debug information: Portable PDB format specification, "Source Link" and "Embedded Source".
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly string _home = Directory.CreateTempSubdirectory("typedtasks-clones-").FullName;

    [Fact]
    public async Task A_commit_gives_the_same_packages_anywhere_and_their_symbols_link_to_that_commit()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "This is no git clone: there is no commit to pack twice.");
        string[][] packed = await Task.WhenAll(PackAsync("first"), PackAsync(Path.Combine("another", "folder")));
        Assert.Equal(["TypedTasks", "TypedTasks.Nats", "TypedTasks.Redis", "TypedTasks.Testing"], packed[0].Where(file => file.EndsWith(".nupkg", StringComparison.Ordinal)).Select(IdOf));
        Assert.Equal(packed[0].Select(Path.GetFileName), packed[1].Select(Path.GetFileName));
        Assert.All(packed[0].Zip(packed[1]), pair => Assert.Equal(Contents(pair.First), Contents(pair.Second)));

        string commit = (await RunAsync(Repository.Root, "git", "rev-parse", "HEAD")).Output.Trim();
        HashSet<string> committed = [.. (await RunAsync(Repository.Root, "git", "ls-tree", "-r", "--name-only", "HEAD")).Output.Split('\n', StringSplitOptions.TrimEntries)];
        Assert.All(packed[0].Where(file => file.EndsWith(".snupkg", StringComparison.Ordinal)), file =>
            LeadsToItsSources(Read(file, $"lib/net10.0/{IdOf(file)}.pdb"), $"https://raw.githubusercontent.com/somebody/tasks/{commit}/*", committed));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    // In a clone as a build machine has it, of a host whose addresses the SDK knows. What a developer built there before stays as it is.
    private async Task<string[]> PackAsync(string folder)
    {
        string clone = Path.Combine(_home, folder);
        await RunAsync(_home, "git", "clone", "--quiet", Repository.Root, clone);
        await RunAsync(clone, "git", "remote", "set-url", "origin", Origin);
        await RunAsync(clone, Path.Combine(clone, "nuget", "pack.sh"));
        Assert.Empty((await RunAsync(clone, "git", "status", "--porcelain")).Output.Trim());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(clone, "runtime", "TypedTasks"), "obj"));
        return [.. Directory.EnumerateFiles(Path.Combine(clone, "nuget", "out")).Order(StringComparer.Ordinal)];
    }

    private async Task<Ran> RunAsync(string folder, string program, params string[] arguments) =>
        (await Shell.RunAsync(folder, feed.Environment, program, arguments)).Succeeded();

    private static string IdOf(string file) => Path.GetFileNameWithoutExtension(file)[..^(Feed.Version.Length + 1)];

    // A file a line. The package's own properties have a random name in it, which the relations repeat.
    private static IEnumerable<string> Contents(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries
            .Where(entry => entry.FullName != "_rels/.rels" && !entry.FullName.EndsWith(".psmdcp", StringComparison.Ordinal))
            .Select(entry => $"{Path.GetFileName(package)}: {entry.FullName}, {entry.Length} bytes, CRC {entry.Crc32:X8}")];
    }

    private static byte[] Read(string package, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(name)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    // Every source is at its address, or in the symbols themselves: what a generator wrote is in no repository.
    private static void LeadsToItsSources(byte[] pdb, string address, HashSet<string> committed)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        MetadataReader symbols = provider.GetMetadataReader();
        using JsonDocument map = JsonDocument.Parse(symbols.GetBlobBytes(Assert.Single(Of(symbols, EntityHandle.ModuleDefinition, SourceLink)).Value));
        JsonProperty entry = Assert.Single(map.RootElement.GetProperty("documents").EnumerateObject());
        Assert.Equal(address, entry.Value.GetString());
        string root = entry.Name.TrimEnd('*');
        Assert.NotEmpty(symbols.Documents);
        Assert.All(symbols.Documents, handle =>
        {
            string name = symbols.GetString(symbols.GetDocument(handle).Name);
            Assert.StartsWith(root, name, StringComparison.Ordinal);
            Assert.True(committed.Contains(name[root.Length..]) || Of(symbols, handle, EmbeddedSource).Any(), $"{name} is neither in the commit nor in the symbols.");
        });
    }

    private static IEnumerable<CustomDebugInformation> Of(MetadataReader symbols, EntityHandle parent, Guid kind) =>
        symbols.GetCustomDebugInformation(parent).Select(symbols.GetCustomDebugInformation).Where(information => symbols.GetGuid(information.Kind) == kind);
}
