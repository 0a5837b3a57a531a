namespace TypedTasks.Load.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Names_values_and_flags_are_read_over_what_holds_without_them()
    {
        LoadOptions options = LoadOptions.Parse(["--mode", "EndToEnd", "--tasks", "7", "--raw", "--engine", "nats"])!;

        Assert.Equal(new LoadOptions { Mode = LoadMode.EndToEnd, Tasks = 7, IsRaw = true, Engine = "nats" }, options);
        Assert.Null(LoadOptions.Parse(["--tasks", "7", "--help"]));
    }

    [Theory]
    [InlineData("There is no option --task.", "--task", "7")]
    [InlineData("--tasks needs a value.", "--raw", "--tasks")]
    [InlineData("--tasks is '0'. It must be a number of at least 1.", "--tasks", "0")]
    [InlineData("--tasks is 'many'.", "--tasks", "many")]
    [InlineData("--mode is '7'. It must be one of enqueue, consume, endtoend, latency.", "--mode", "7")]
    public void What_makes_no_sense_is_named(string why, params string[] arguments)
    {
        BenchException refused = Assert.Throws<BenchException>(() => LoadOptions.Parse(arguments));

        Assert.StartsWith(why, refused.Message, StringComparison.Ordinal);
    }
}
