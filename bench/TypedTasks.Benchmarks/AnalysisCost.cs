using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TypedTasks.Benchmarks;

/// <summary>What the analyzers cost a build: the compiler's own account of a clean one, with every handler's effect five helpers away.</summary>
internal static partial class AnalysisCost
{
    public const string Argument = "--analysis";
    private static readonly int[] Sizes = [500, 1000, 2000];
    private const int Runs = 3;

    /// <summary>Builds projects of growing size, and writes the table of what the analyzers took. The analyzers are this repository's, as built for Release.</summary>
    /// <exception cref="InvalidOperationException">A build failed, or did not say what the analyzers took.</exception>
    public static string Measure()
    {
        var table = new StringBuilder("| Analyzers, handlers with helpers five deep | calls | build | compiler | analyzers | of the build | to the row above |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        double before = 0;
        foreach (int size in Sizes)
        {
            string folder = Directory.CreateTempSubdirectory("typedtasks-analysis-").FullName;
            try
            {
                HandlerProject.Save(size, folder);
                File.WriteAllText(Path.Combine(folder, "Handlers.csproj"), ProjectFile());
                Dotnet(folder, "restore", "-v:q", "-nologo");
                Build[] builds = [.. Enumerable.Range(0, Runs).Select(_ => BuildOnce(folder)).OrderBy(build => build.Analyzers)];
                Build median = builds[Runs / 2];
                table.Append(CultureInfo.InvariantCulture, $"| {size:N0} | {size * 6:N0} | {median.All:0.0} s | {median.Compiler:0.0} s | {median.Analyzers:0.00} s | {median.Analyzers / median.All:0.0 %} | ");
                table.Append(before == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"× {median.Analyzers / before:0.00}")).Append(" |\n");
                before = median.Analyzers;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return table.Append('\n').ToString();
    }

    // A compiler of its own for every build: what is compiled just in time is part of it, as it is for whoever builds first.
    private static Build BuildOnce(string folder)
    {
        string log = Path.Combine(folder, "build.log");
        foreach (string output in new[] { "bin", Path.Combine("obj", "Debug") })
        {
            if (Directory.Exists(Path.Combine(folder, output)))
            {
                Directory.Delete(Path.Combine(folder, output), recursive: true);
            }
        }

        Dotnet(folder, "build", "--no-restore", "-v:q", "-nologo", "-clp:NoSummary;ErrorsOnly", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:ReportAnalyzer=true", $"-flp:logfile={log};v=detailed;PerformanceSummary");
        string text = File.ReadAllText(log);
        return new Build(TimeSpan.Parse(Elapsed().Match(text).Groups[1].ValueSpan, CultureInfo.InvariantCulture).TotalSeconds, Read(CompilerTime(), text) / 1000, Read(AnalyzerTime(), text));
    }

    private static double Read(Regex pattern, string log) => pattern.Match(log) is { Success: true } match
        ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"The build's log has no line like '{pattern}'.");

    private static void Dotnet(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' failed in a project of handlers.");
        }
    }

    private static string ProjectFile()
    {
        string root = Repository();
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Using Include="TypedTasks" />
                <Reference Include="{root}/runtime/TypedTasks/bin/Release/net10.0/TypedTasks.dll" />
                <Analyzer Include="{root}/generator/TypedTasks.Generator/bin/Release/netstandard2.0/TypedTasks.Generator.dll" />
                <Analyzer Include="{root}/analyzers/TypedTasks.Analyzers/bin/Release/netstandard2.0/TypedTasks.Analyzers.dll" />
              </ItemGroup>
            </Project>
            """;
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TypedTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("This program measures the analyzers of the repository that it was built in, and is not in one.");
    }

    [GeneratedRegex("Time Elapsed ([0-9:.]+)")]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"(\d+) ms +Csc ")]
    private static partial Regex CompilerTime();

    [GeneratedRegex(@"^ *<?([\d.]+) +\S+ +TypedTasks\.Analyzers, Version", RegexOptions.Multiline)]
    private static partial Regex AnalyzerTime();

    private readonly record struct Build(double All, double Compiler, double Analyzers);
}
