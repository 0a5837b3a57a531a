using System.Diagnostics;

namespace TypedTasks.Package.Tests;

/// <summary>A user's project.</summary>
internal sealed class Project(Feed feed, string folder, string name)
{
    public string Folder => folder;

    private string File => Path.Combine(folder, $"{name}.csproj");

    private string Program => Path.Combine(folder, "bin", "Release", "net10.0", $"{name}.dll");

    /// <summary>Adds a package as <c>dotnet add package</c> does, but for asking the network for its newest version.</summary>
    public async Task AddPackageAsync(string package)
    {
        string version = package.StartsWith("TypedTasks", StringComparison.Ordinal) ? Feed.Version : "10.0.14";
        await EditAsync("</Project>", $"  <ItemGroup><PackageReference Include=\"{package}\" Version=\"{version}\" /></ItemGroup>\n</Project>");
    }

    public Task AddReferenceAsync(string other) =>
        EditAsync("</Project>", $"  <ItemGroup><ProjectReference Include=\"../{other}/{other}.csproj\" /></ItemGroup>\n</Project>");

    public async Task EditAsync(string old, string replacement)
    {
        string text = await System.IO.File.ReadAllTextAsync(File);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public Task WriteAsync(string path, string text) => System.IO.File.WriteAllTextAsync(Path.Combine(folder, path), text);

    /// <summary>Builds in Release, warnings being errors.</summary>
    public Task<Ran> BuildAsync(params string[] arguments) =>
        Shell.RunAsync(folder, feed.Environment, "dotnet", ["build", File, "--configuration", "Release", "-warnaserror", "--verbosity", "quiet", "-clp:NoSummary", .. arguments]);

    public Task<Ran> RunAsync(params string[] arguments) => Shell.RunAsync(folder, feed.Environment, "dotnet", [Program, .. arguments]);

    public Task<Ran> PublishAsync(string output, params string[] arguments) =>
        Shell.RunAsync(folder, feed.Environment, "dotnet", ["publish", File, "--configuration", "Release", "--output", output, "-warnaserror", "--verbosity", "quiet", .. arguments]);

    /// <summary>Starts the built program; the caller ends it.</summary>
    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
    }
}
