using System.Diagnostics;
using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>
/// A delivery in this worker's hands, from its receipt until it is settled: waiting, running or being settled. Pooled; as many exist as the lane's window is wide.
/// </summary>
/// <remarks>Its fields are guarded by the lane's lock, but for <see cref="Result"/> and <see cref="Settlement"/>, which belong to whoever runs or settles it.</remarks>
internal sealed class HeldDelivery
{
    /// <summary>The engine's delivery.</summary>
    internal Delivery Delivery = null!;

    /// <summary>The place in the lane's table of held deliveries.</summary>
    internal int Index;

    /// <summary>When the lease was last known to begin anew, as a timestamp of the time provider.</summary>
    internal long RenewedAt;

    /// <summary>The run of this delivery while its handler runs.</summary>
    internal TaskRun? Run;

    /// <summary>The lease was lost: nothing may be written for this delivery any more.</summary>
    internal bool IsLost;

    /// <summary>The engine has it for renewal or settling; not to be passed to it a second time until it answers.</summary>
    internal bool IsBusy;

    /// <summary>The span of its attempt, if it has one: settling links to it.</summary>
    internal ActivityContext Trace;

    /// <summary>What the handler's result is written to.</summary>
    internal readonly ResultBuffer Result = new();

    /// <summary>What becomes of it, once that is decided.</summary>
    internal Settlement Settlement;

    internal void Clear()
    {
        Delivery = null!;
        Run = null;
        IsLost = false;
        IsBusy = false;
        Settlement = default;
        Trace = default;
        Result.Clear();
    }
}
