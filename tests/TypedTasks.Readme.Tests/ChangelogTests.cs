using System.Text.RegularExpressions;

namespace TypedTasks.Readme.Tests;

/// <summary>CHANGELOG.md is in the form of Keep a Changelog, and says which wire a version speaks.</summary>
public sealed partial class ChangelogTests
{
    private static readonly string[] Kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Compatibility"];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "CHANGELOG.md"));

    [Fact]
    public void It_names_its_form_and_how_versions_are_counted()
    {
        Assert.Equal("# Changelog", Lines[0]);
        Assert.Contains(Lines, line => line.Contains("https://keepachangelog.com/en/1.1.0/", StringComparison.Ordinal) && line.Contains("https://semver.org/", StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_dated_and_the_newest_is_first()
    {
        string[] headings = [.. Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal("## [Unreleased]", headings[0]);
        Assert.All(headings.Skip(1), heading => Assert.Matches(Released(), heading));
        Version[] versions = [.. headings.Skip(1).Select(heading => Version.Parse(Released().Match(heading).Groups["version"].ValueSpan))];
        Assert.Equal(versions.OrderDescending(), versions);
    }

    [Fact]
    public void What_changed_is_grouped_by_kind_and_each_kind_comes_once_a_version()
    {
        HashSet<string> seen = [];
        foreach (string line in Lines.Where(line => line.StartsWith('#')))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                Assert.Contains(line[4..], Kinds);
                Assert.True(seen.Add(line), $"'{line}' comes twice in a version.");
            }
            else
            {
                seen.Clear();
            }
        }
    }

    [Fact]
    public void A_line_is_an_entry_or_goes_on_with_one()
    {
        string[] entries = [.. Lines.SkipWhile(line => !line.StartsWith("### ", StringComparison.Ordinal)).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        Assert.NotEmpty(entries);
        Assert.All(entries, line => Assert.True(
            line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal), $"'{line}' is neither an entry nor the rest of one."));
    }

    // The version on the wire as ENVELOPE.md shows it, and the rules of what may change beside it.
    [Fact]
    public void The_wire_version_and_what_stays_compatible_are_stated()
    {
        string envelope = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "TypedTasks", "Envelope", "ENVELOPE.md"));
        string version = WireVersion().Match(envelope).Groups["version"].Value;
        string compatibility = string.Join('\n', Lines.SkipWhile(line => line != "### Compatibility").Skip(1).TakeWhile(line => !line.StartsWith('#')));
        Assert.Contains($"The envelope's version is {version}.", compatibility, StringComparison.Ordinal);
        Assert.Contains("may be appended", compatibility, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^## \[(?<version>\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Released();

    [GeneratedRegex(@"^\| 0 \| version \| integer \| (?<version>\d+) \|$", RegexOptions.Multiline)]
    private static partial Regex WireVersion();
}
