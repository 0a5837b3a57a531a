using System.Reflection;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace TypedTasks.Package.Tests;

/// <summary>The public surface of each package is an approved text, so that every change of it is a reviewed line.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void TypedTasks_is_as_approved() => IsApproved(typeof(ITaskClient<>).Assembly);

    [Fact]
    public void TypedTasks_Nats_is_as_approved() => IsApproved(typeof(TypedTasksNatsExtensions).Assembly);

    [Fact]
    public void TypedTasks_Redis_is_as_approved() => IsApproved(typeof(RedisBuilderExtensions).Assembly);

    [Fact]
    public void TypedTasks_Testing_is_as_approved() => IsApproved(typeof(Testing.VirtualTime).Assembly);

    private static void IsApproved(Assembly assembly)
    {
        string stem = Path.Combine(Repository.Root, "tests", "TypedTasks.Package.Tests", "PublicApi", assembly.GetName().Name!);
        string received = PublicApi.Of(assembly);
        string verified = File.Exists($"{stem}.verified.txt") ? File.ReadAllText($"{stem}.verified.txt").ReplaceLineEndings("\n") : "";
        if (verified == received)
        {
            File.Delete($"{stem}.received.txt");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
        File.WriteAllText($"{stem}.received.txt", received);
        IEnumerable<string> difference = new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received).Lines
            .Where(line => line.Type != ChangeType.Unchanged)
            .Select(line => $"{(line.Type == ChangeType.Deleted ? '-' : '+')} {line.Text}");
        Assert.Fail($"The public surface changed. If that is meant, rename {Path.GetFileName(stem)}.received.txt to .verified.txt:\n{string.Join('\n', difference)}");
    }
}
