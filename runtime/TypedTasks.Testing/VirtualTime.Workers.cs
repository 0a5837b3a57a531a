using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedTasks.Embedded;

namespace TypedTasks.Testing;

/// <summary>Virtual time and the workers that live in it.</summary>
public sealed partial class VirtualTime
{
    /// <summary>What the hosts in this time have to do.</summary>
    internal CountedWork Work { get; } = new();

    /// <summary>
    /// Lets time pass from timer to timer, and before each step lets the hosts that <see cref="VirtualTimeExtensions.UseVirtualTime"/> put into this time do what there is to do.
    /// A handler that awaits anything but time and tasks, such as a socket, is not waited for.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="span"/> is negative.</exception>
    public async Task AdvanceAsync(TimeSpan span, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        DateTimeOffset target = UtcNow + span;
        await CalmAsync(cancellationToken).ConfigureAwait(false);
        while (NextTimerDue is { } due && due <= target)
        {
            AdvanceTo(due > UtcNow ? due : UtcNow);
            await CalmAsync(cancellationToken).ConfigureAwait(false);
        }

        AdvanceTo(target > UtcNow ? target : UtcNow);
        await CalmAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets time pass from timer to timer until <paramref name="signal"/> has completed. Give up by the token: it may never complete.</summary>
    public async Task AdvanceUntilAsync(Task signal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signal);
        await CalmAsync(cancellationToken).ConfigureAwait(false);
        while (!signal.IsCompleted)
        {
            if (NextTimerDue is { } due)
            {
                AdvanceTo(due > UtcNow ? due : UtcNow);
            }

            await CalmAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes an embedded engine that lives in this time, and whose work it waits for.</summary>
    /// <param name="options">The engine's bounds; the defaults when null.</param>
    public EmbeddedEngine CreateEngine(EmbeddedEngineOptions? options = null) => new((options ?? new EmbeddedEngineOptions()) with { Resume = Work.Queue }, this);

    /// <summary>Waits until the hosts in this time have nothing left to do before it passes.</summary>
    public Task CalmAsync(CancellationToken cancellationToken = default) => Work.CalmAsync(cancellationToken);
}

/// <summary>Puts a host into virtual time.</summary>
public static class VirtualTimeExtensions
{
    /// <summary>The host's clock and timers are <paramref name="time"/>, which then knows when the host's workers have something to do.</summary>
    public static TypedTasksBuilder UseVirtualTime(this TypedTasksBuilder tasks, VirtualTime time)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(time);
        tasks.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
        tasks.Services.Replace(ServiceDescriptor.Singleton<IWorkScheduler>(time.Work));
        return tasks;
    }
}
