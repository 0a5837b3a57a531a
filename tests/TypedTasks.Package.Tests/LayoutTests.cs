using System.IO.Compression;
using System.Xml.Linq;

namespace TypedTasks.Package.Tests;

/// <summary>What is in the packages.</summary>
public sealed class LayoutTests(Feed feed)
{
    private static readonly string[] Everywhere = ["README.md", "icon.png"];

    [Fact]
    public void The_main_package_brings_runtime_generator_analyzers_and_fixes() => Holds(
        "TypedTasks",
        [
            "analyzers/dotnet/cs/TypedTasks.Analyzers.dll", "analyzers/dotnet/cs/TypedTasks.CodeFixes.dll", "analyzers/dotnet/cs/TypedTasks.Completion.dll", "analyzers/dotnet/cs/TypedTasks.Generator.dll",
            "buildTransitive/net10.0/TypedTasks.props", "buildTransitive/net10.0/TypedTasks.targets", "lib/net10.0/TypedTasks.dll", "lib/net10.0/TypedTasks.xml",
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "analyzers"), "*.globalconfig", SearchOption.AllDirectories)
                .Where(file => file.Contains("/profiles/", StringComparison.Ordinal))
                .Select(file => $"buildTransitive/net10.0/profiles/{Path.GetFileName(file)}"),
        ]);

    [Theory]
    [InlineData("TypedTasks.Nats")]
    [InlineData("TypedTasks.Redis")]
    [InlineData("TypedTasks.Testing")]
    public void The_others_bring_a_library_and_say_their_version(string package) =>
        Holds(package, [$"buildTransitive/net10.0/{package}.props", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"]);

    [Theory]
    [InlineData("TypedTasks")]
    [InlineData("TypedTasks.Nats")]
    [InlineData("TypedTasks.Redis")]
    [InlineData("TypedTasks.Testing")]
    public async Task Each_is_described_licensed_and_depends_on_abstractions_alone(string package)
    {
        using ZipArchive archive = Open(package, "nupkg");
        await using Stream stream = await archive.GetEntry($"{package}.nuspec")!.OpenAsync();
        XElement metadata = (await XDocument.LoadAsync(stream, LoadOptions.None, default)).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("MIT", Of("license"));
        Assert.Equal("icon.png", Of("icon"));
        Assert.Equal("README.md", Of("readme"));
        Assert.Contains("task-queue", Of("tags"), StringComparison.Ordinal);
        Assert.NotEmpty(Of("description"));
        Assert.Contains("commit=", metadata.Elements().Single(element => element.Name.LocalName == "repository").ToString(), StringComparison.Ordinal);
        IEnumerable<string> dependencies = metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
        Assert.All(dependencies, id => Assert.True(
            id == "TypedTasks" || id == "Microsoft.Extensions.Options" || id.EndsWith(".Abstractions", StringComparison.Ordinal) || package == "TypedTasks.Testing", $"{package} depends on {id}."));
    }

    [Fact]
    public void Each_has_symbols()
    {
        foreach (string package in (string[])["TypedTasks", "TypedTasks.Nats", "TypedTasks.Redis", "TypedTasks.Testing"])
        {
            using ZipArchive archive = Open(package, "snupkg");
            Assert.Contains($"lib/net10.0/{package}.pdb", archive.Entries.Select(entry => entry.FullName));
        }
    }

    private void Holds(string package, string[] expected)
    {
        using ZipArchive archive = Open(package, "nupkg");
        IEnumerable<string> found = archive.Entries.Select(entry => entry.FullName)
            .Where(file => !file.StartsWith("_rels/", StringComparison.Ordinal) && !file.StartsWith("package/", StringComparison.Ordinal) && file != "[Content_Types].xml" && file != $"{package}.nuspec");
        Assert.Equal([.. expected.Concat(Everywhere).Order(StringComparer.Ordinal)], found.Order(StringComparer.Ordinal));
    }

    private ZipArchive Open(string package, string kind) => ZipFile.OpenRead(Path.Combine(feed.Folder, $"{package}.{Feed.Version}.{kind}"));
}
