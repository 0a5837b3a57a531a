using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Tooling;

namespace TypedTasks.Analyzers.Tests.Tooling;

/// <summary>TT903: parts of TypedTasks of different versions.</summary>
public sealed class VersionAnalyzerTests
{
    private static readonly Version Ours = typeof(TaskContractAttribute).Assembly.GetName().Version!;

    [Theory]
    [InlineData("TypedTasks.Nats", 1, 0, "{|TT903:|}")]
    [InlineData("TypedTasks.Redis", 0, 1, "{|TT903:|}")]
    [InlineData("TypedTasks.Nats", 0, 0, "")]
    [InlineData("TypedTasks.Mine", 1, 1, "")]
    public Task Reports(string name, int majors, int minors, string mark) => Verify<VersionAnalyzer>.VerifyAnalyzerAsync(Referring(name, majors, minors) with
    {
        Sources = [$"{mark}public sealed class Code : Part;", "public sealed class More;"],
    });

    [Fact]
    public async Task Both_versions_are_named()
    {
        string[] messages = await Verify<VersionAnalyzer>.MessagesAsync(Referring("TypedTasks.Redis", 3, 0));
        Assert.StartsWith($"'TypedTasks.Redis' has version {Ours.Major + 3}.{Ours.Minor}, and TypedTasks {Ours.ToString(2)}:", Assert.Single(messages), StringComparison.Ordinal);
    }

    // Patches differ in all of them, which is no matter.
    private static TestCode Referring(string name, int majors, int minors) => new()
    {
        Sources = ["public sealed class Code : Part;"],
        References = [Compilations.Reference(name, $"[assembly: System.Reflection.AssemblyVersion(\"{Ours.Major + majors}.{Ours.Minor + minors}.{Ours.Build + 7}.0\")] public class Part;")],
    };
}
