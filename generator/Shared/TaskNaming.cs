using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Gives the emitted members of a contract names that are unique, and the plain ones wherever they can be.</summary>
internal static class TaskNaming
{
    /// <summary>What emitted code says that it was made by.</summary>
    public const string Tool = "TypedTasks.Generator";

    /// <summary>What the class of a contract's calls is called, after the contract's own name.</summary>
    public const string CallsSuffix = "Tasks";

    /// <summary>What the class of a contract's client methods is called.</summary>
    public const string ClientSuffix = "TaskClientExtensions";

    /// <summary>What a contract's descriptor is called.</summary>
    public const string DescriptorSuffix = "Contract";

    /// <summary>The types that are emitted into the contract's namespace, and are not local to their file.</summary>
    public static IReadOnlyList<string> TypeSuffixes { get; } = [CallsSuffix, ClientSuffix, DescriptorSuffix];

    /// <summary>Gives each task the names of its emitted members.</summary>
    /// <param name="tasks">The contract's tasks.</param>
    /// <param name="baseName">What the emitted types' names begin with.</param>
    public static IEnumerable<TaskModel> Disambiguate(IReadOnlyList<TaskModel> tasks, string baseName)
    {
        string enclosing = baseName + CallsSuffix;
        // Overloads share a call name as the contract's methods do, but each task needs an arguments struct of its own.
        HashSet<string> structs = new(tasks.Select(task => task.CallName), StringComparer.Ordinal) { enclosing };
        HashSet<string> overloaded = new(
            tasks.GroupBy(task => task.CallName, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key),
            StringComparer.Ordinal);
        HashSet<string> calls = new(StringComparer.Ordinal);
        HashSet<string> clients = new(StringComparer.Ordinal);
        HashSet<string> handles = new(tasks.Select(task => task.MethodName), StringComparer.Ordinal) { baseName + ClientSuffix };
        foreach (TaskModel task in tasks)
        {
            string explicitName = NameRules.Pascal(task.WireName);
            string own = overloaded.Contains(task.CallName) ? explicitName : NameRules.Pascal(task.CallName);
            yield return task with
            {
                ArgumentsName = NameRules.Unique(own + "Arguments", structs),
                LinkName = task.Arguments.Any() ? NameRules.Unique(own + "Link", structs) : "",
                HandleMethodName = NameRules.Unique(own + "Handle", handles),
                CallName = UniqueSignature(task.CallName, explicitName, task, calls, enclosing),
                ClientMethodName = UniqueSignature(task.MethodName, explicitName + "Async", task, clients, baseName + ClientSuffix),
            };
        }
    }

    // Methods that differ only in what the worker supplies, Run(int) and Run(int, CancellationToken), are one signature for a caller.
    // And a member may not bear the name of the class that it is in.
    private static string UniqueSignature(string wanted, string otherwise, TaskModel task, HashSet<string> taken, string enclosing)
    {
        string parameters = string.Join(", ", task.Arguments.Select(argument => argument.Type.Bare));
        if (wanted != enclosing && taken.Add($"{wanted}({parameters})"))
        {
            return wanted;
        }

        string name = otherwise;
        for (int i = 2; name == enclosing || !taken.Add($"{name}({parameters})"); i++)
        {
            name = otherwise + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
