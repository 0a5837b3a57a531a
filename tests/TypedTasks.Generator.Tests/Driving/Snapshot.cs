using System.Runtime.CompilerServices;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace TypedTasks.Generator.Tests.Driving;

/// <summary>
/// Compares a text with the approved file beside the test, by Verify's convention: <c>Name.verified.cs</c> is approved, <c>Name.received.cs</c> is
/// written on a mismatch, and approving is renaming the one to the other.
/// </summary>
internal static class Snapshot
{
    public static void Verify(string received, [CallerMemberName] string name = "", [CallerFilePath] string test = "")
    {
        string stem = Path.Combine(Repository.Root, "tests", typeof(Snapshot).Assembly.GetName().Name!, $"{Path.GetFileNameWithoutExtension(test)}.{name}");
        string verifiedFile = $"{stem}.verified.cs";
        string receivedFile = $"{stem}.received.cs";
        string verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : "";
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail($"{Path.GetFileName(receivedFile)} differs from what was approved:\n{Difference(verified, received)}");
    }

    private static string Difference(string verified, string received) => string.Join("\n", new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received).Lines
        .Where(line => line.Type != ChangeType.Unchanged)
        .Select(line => $"{(line.Type == ChangeType.Deleted ? '-' : '+')} {line.Text}"));
}
