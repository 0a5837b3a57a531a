using FsCheck;
using FsCheck.Fluent;

namespace TypedTasks.Tests;

/// <summary>FsCheck from a fact: the values are the same in every run, so that a failure is found again.</summary>
internal static class Property
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_261_122, 20_261_123).WithQuietOnSuccess(true);

    public static void Holds<T>(Func<T, bool> property) => Prop.ForAll(ArbMap.Default.ArbFor<T>(), property).Check(Seeded);
}
