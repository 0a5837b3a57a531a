using System.Text.RegularExpressions;
using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>What a user sees who steps into emitted code. Read the approved files as prose.</summary>
public sealed partial class SnapshotTests
{
    [Fact]
    public void Invoices() => Snapshot.Verify(Generate.From(Stories.Invoices).Compiles().Everything);

    [Fact]
    public void Inheritance() => Snapshot.Verify(Generate.From(Stories.Inheritance).Compiles()["Shop.IArchive.g.cs"]);

    [Fact]
    public void Keywords() => Snapshot.Verify(Generate.From(Stories.Keywords).Compiles().Everything);

    [Fact]
    public void Payloads() => Snapshot.Verify(Codecs(Generate.From(Annotations.Source, Stories.Payloads).Compiles()));

    /// <summary>Lists and arrays of the user's own objects have a loop of their own.</summary>
    [Fact]
    public void Sequences() => Snapshot.Verify(Codecs(Generate.From(Stories.Sequences).Compiles()));

    /// <summary>What a descriptor says of times.</summary>
    [Fact]
    public void Schedules() => Snapshot.Verify(string.Join("\n", Generate.From(Stories.Schedules).Compiles().Sources
        .Select(source => source.SourceText.ToString())
        .SelectMany(text => Descriptor().Matches(text).Select(match => match.Value))));

    [GeneratedRegex(@"^ *private static readonly global::TypedTasks\.TaskDescriptor.*?\n *\};\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Descriptor();

    private static string Codecs(Generation generation) =>
        string.Join("\n", generation.Sources.Where(source => source.HintName.Contains("Codec", StringComparison.Ordinal)).Select(source => $"// ======== {source.HintName}\n{source.SourceText}"));
}
