using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Scheduling;
using TypedTasks.Worker;

namespace TypedTasks;

/// <summary>Looks for everything that is registered wrongly, so that a host says all of it at once when it starts, rather than one at a time in production.</summary>
internal sealed class RegistrationCheck(IEnumerable<EngineRegistration> engines, IEnumerable<WorkerRegistration> workers, IEnumerable<ScheduleRegistration> schedules)
{
    /// <summary>The schedules by which this host enqueues: those of its workers' contracts, and those that were added.</summary>
    internal IEnumerable<ScheduleRegistration> Schedules => workers.SelectMany(worker => ScheduleRegistration.Of(worker.Contract))
        .DistinctBy(schedule => schedule.Name, StringComparer.Ordinal) // A task is also one of every contract that inherits its own.
        .Concat(schedules);

    /// <param name="services">The container: a handler is made of each worker, so that what it lacks is found now and not at its first task.</param>
    /// <exception cref="TaskConfigurationException">Something is registered wrongly.</exception>
    internal async ValueTask ThrowIfWrongAsync(IServiceProvider services)
    {
        List<string> mistakes = [.. Find()];
        if (mistakes.Count == 0)
        {
            foreach (WorkerRegistration worker in workers)
            {
                if (await TryMakeAsync(worker, services).ConfigureAwait(false) is { } mistake)
                {
                    mistakes.Add(mistake);
                }
            }
        }

        if (mistakes.Count > 0)
        {
            throw new TaskConfigurationException(mistakes.Count == 1
                ? mistakes[0]
                : $"TypedTasks is registered wrongly:{Environment.NewLine}{string.Join(Environment.NewLine, mistakes.Select(mistake => $"  - {mistake}"))}");
        }
    }

    /// <summary>The one engine.</summary>
    /// <exception cref="TaskConfigurationException">There is none, or more than one.</exception>
    internal EngineRegistration Engine
    {
        get
        {
            string? mistake = FindEngineMistake();
            return mistake is null ? engines.Single() : throw new TaskConfigurationException(mistake);
        }
    }

    private static async ValueTask<string?> TryMakeAsync(WorkerRegistration worker, IServiceProvider services)
    {
        try
        {
            if (!worker.IsScoped)
            {
                services.GetRequiredService(worker.HandlerType);
                return null;
            }

            AsyncServiceScope scope = services.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                scope.ServiceProvider.GetRequiredService(worker.HandlerType);
                return null;
            }
        }
        catch (Exception failure)
        {
            return $"The handler {worker.HandlerType.Name} of the contract '{worker.Contract.Name}' cannot be made: {failure.Message} Register what its constructor takes, with a lifetime that suits its own.";
        }
    }

    private IEnumerable<string> Find()
    {
        if (FindEngineMistake() is { } mistake)
        {
            yield return mistake;
        }

        foreach (IGrouping<string, WorkerRegistration> contract in workers.GroupBy(worker => worker.Contract.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"The contract '{contract.Key}' has {contract.Count()} workers ({string.Join(", ", contract.Select(worker => worker.HandlerType.Name))}). " +
                "A host runs one worker a contract: remove the others, or run them in hosts of their own.";
        }

        foreach (string option in workers.SelectMany(worker => worker.Options.Validate(worker.Contract)))
        {
            yield return option;
        }

        foreach (IGrouping<string, ScheduleRegistration> schedule in Schedules.GroupBy(schedule => schedule.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"There are {schedule.Count()} schedules of the name '{schedule.Key}'. Each has a name of its own; a task with [Schedule] has that of the task.";
        }

        foreach (ScheduleRegistration schedule in Schedules)
        {
            if (schedule.Schedule.FindMistake() is { } wrong)
            {
                yield return $"The schedule '{schedule.Name}' cannot be followed: {wrong}";
            }
        }
    }

    private string? FindEngineMistake() => engines.Count() switch
    {
        0 => "There is no engine. Call one of UseEmbedded(), UseNats(…) and UseRedis(…) in AddTypedTasks(tasks => …).",
        1 => null,
        _ => $"There are {engines.Count()} engines ({string.Join(", ", engines.Select(engine => engine.Name))}). Call only one of UseEmbedded(), UseNats(…) and UseRedis(…).",
    };
}
