using TypedTasks.Engine;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>The state store of the broker model.</summary>
internal sealed class SimState(SimWorld world, Ledger ledger, Breakage breakage)
{
    private readonly Dictionary<string, (byte[] Value, long Revision, long Until)> _entries = [];
    private readonly List<(string Key, StateEntry Entry)> _progress = [];
    private long _revision;

    internal StateEntry? Get(string key)
    {
        if (breakage is Breakage.ReadsOldProgress or Breakage.MixesUpProgress && IsProgress(key))
        {
            var readable = _progress.FindAll(entry => entry.Key == key || breakage == Breakage.MixesUpProgress);
            return readable.Count == 0 ? null : readable[world.Random.Next(readable.Count)].Entry;
        }

        switch (breakage)
        {
            case Breakage.ForgetsPlans when CanvasSabotage.IsPlan(key):
                return null;
            case Breakage.MixesUpPlans when CanvasSabotage.IsPlan(key):
                string[] plans = [.. _entries.Keys.Where(CanvasSabotage.IsPlan)];
                key = plans.Length == 0 ? key : plans[world.Random.Next(plans.Length)];
                break;
            case Breakage.ReadsPlansStrictly when CanvasSabotage.IsPlan(key) && _entries.TryGetValue(key, out var plan):
                return new StateEntry(CanvasSabotage.Strict(plan.Value), plan.Revision);
            case Breakage.MixesUpMembers when CanvasSabotage.IsResult(key):
                key = $"{key[..key.LastIndexOf(':')]}:0";
                break;
        }

        return _entries.TryGetValue(key, out var entry) && entry.Until > world.Now ? new StateEntry(entry.Value, entry.Revision) : null;
    }

    internal StateWrite Create(string key, byte[] value, TimeSpan timeToLive) =>
        Get(key) is { } current && !Overwrites(key) ? new StateWrite(false, current) : Put(key, value, timeToLive);

    internal StateWrite Replace(string key, long revision, byte[] value, TimeSpan timeToLive) =>
        (Get(key) is { } current && current.Revision == revision) || Overwrites(key)
            ? Put(key, value, timeToLive)
            : new StateWrite(false, Get(key) ?? default);

    internal bool Delete(string key, long revision) =>
        Get(key) is { } current && (current.Revision == revision || breakage == Breakage.IgnoresRevisions) && _entries.Remove(key);

    internal List<KeyValuePair<string, StateEntry>> List(string prefix) =>
        [.. _entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Where(key => Get(key) is not null).Select(key => KeyValuePair.Create(key, Get(key)!.Value))];

    private bool Overwrites(string key) => breakage switch
    {
        Breakage.IgnoresRevisions => true,
        Breakage.OverwritesProgress or Breakage.ReadsOldProgress or Breakage.MixesUpProgress => IsProgress(key),
        _ => false,
    };

    private static bool IsProgress(string key) => key.StartsWith("p:", StringComparison.Ordinal);

    private StateWrite Put(string key, byte[] value, TimeSpan timeToLive)
    {
        ledger.Results.Given("a state", value.Length);
        if (breakage == Breakage.FillsGroups && CanvasSabotage.IsGroup(key) && !_entries.ContainsKey(key))
        {
            value = CanvasSabotage.Filled(value);
        }

        long revision = ++_revision;
        _entries[key] = (value, revision, world.Now + timeToLive.Ticks);
        if (IsProgress(key) && breakage != Breakage.None)
        {
            _progress.Add((key, new StateEntry(value, revision)));
        }

        return new StateWrite(true, new StateEntry(value, revision));
    }
}
