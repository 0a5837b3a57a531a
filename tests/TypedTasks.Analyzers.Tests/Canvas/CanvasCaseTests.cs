namespace TypedTasks.Analyzers.Tests.Canvas;

/// <summary>The rules of canvases against canvases as people write them: exactly what is marked is said.</summary>
public sealed class CanvasCaseTests
{
    public static TheoryData<string> Cases => [.. CanvasCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Exactly_what_is_marked_is_said(string name)
    {
        CanvasCase one = CanvasCase.All.Single(candidate => candidate.Name == name);
        string[] expected = one.Expected();
        string[] reported = await one.ReportedAsync();
        Assert.True(expected.SequenceEqual(reported), $"{name}\nexpected:\n  {string.Join("\n  ", expected)}\nreported:\n  {string.Join("\n  ", reported)}");
    }

    /// <summary>The rules speak of code that does not compile, so a case says where it does not, and is right everywhere else.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void What_does_not_compile_is_marked(string name) => Assert.Empty(CanvasCase.All.Single(candidate => candidate.Name == name).WronglyMarked());

    [Fact]
    public void At_least_half_of_them_are_silent() => Assert.True(CanvasCase.All.Count(one => one.IsSilent) * 2 >= CanvasCase.All.Count);
}
