using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Gives the emitted members of a contract names that are unique, and the plain ones wherever they can be.</summary>
internal static class TaskNaming
{
    public static IEnumerable<TaskModel> Disambiguate(IReadOnlyList<TaskModel> tasks)
    {
        // Overloads share a call name as the contract's methods do, but each task needs an arguments struct of its own.
        HashSet<string> structs = new(tasks.Select(task => task.CallName), StringComparer.Ordinal);
        HashSet<string> overloaded = new(
            tasks.GroupBy(task => task.CallName, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key),
            StringComparer.Ordinal);
        HashSet<string> calls = new(StringComparer.Ordinal);
        HashSet<string> clients = new(StringComparer.Ordinal);
        foreach (TaskModel task in tasks)
        {
            string explicitName = NameRules.Pascal(task.WireName);
            string arguments = (overloaded.Contains(task.CallName) ? explicitName : NameRules.Pascal(task.CallName)) + "Arguments";
            yield return task with
            {
                ArgumentsName = NameRules.Unique(arguments, structs),
                CallName = UniqueSignature(task.CallName, explicitName, task, calls),
                ClientMethodName = UniqueSignature(task.MethodName, explicitName + "Async", task, clients),
            };
        }
    }

    // Methods that differ only in what the worker supplies, Run(int) and Run(int, CancellationToken), are one signature for a caller.
    private static string UniqueSignature(string wanted, string otherwise, TaskModel task, HashSet<string> taken)
    {
        string parameters = string.Join(", ", task.Arguments.Select(argument => argument.Type.Bare));
        if (taken.Add($"{wanted}({parameters})"))
        {
            return wanted;
        }

        string name = otherwise;
        for (int i = 2; !taken.Add($"{name}({parameters})"); i++)
        {
            name = otherwise + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
