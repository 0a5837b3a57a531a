using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>What the emitted types of a contract are called.</summary>
internal sealed class ContractNames(ContractModel contract)
{
    public const string Runtime = "global::TypedTasks.";
    public const string Calls = "global::TypedTasks.Calls.";
    public const string MessagePack = "global::TypedTasks.MessagePack.";

    /// <summary>The interface.</summary>
    public string Contract { get; } = contract.Type.Name;

    public string Access { get; } = contract.IsPublic ? "public" : "internal";

    public string Tasks { get; } = contract.BaseName + TaskNaming.CallsSuffix;

    public string Client { get; } = contract.BaseName + TaskNaming.ClientSuffix;

    public string Remote { get; } = contract.BaseName + "Remote";

    public string Descriptor { get; } = contract.BaseName + TaskNaming.DescriptorSuffix;

    public string Queues { get; } = contract.BaseName + "Queues";

    /// <summary>The client that the contract's tasks are enqueued with.</summary>
    public string ClientType => $"{Runtime}ITaskClient<{Contract}>";

    /// <summary>The queues that the contract's tasks name, but for the default one, and the fields that hold them.</summary>
    public IReadOnlyList<(QueueModel Queue, string Field)> QueueFields { get; } = Fields(contract);

    public string QueueOf(TaskModel task)
    {
        foreach ((QueueModel queue, string field) in QueueFields)
        {
            if (queue == task.Options.Queue)
            {
                return $"{Queues}.{field}";
            }
        }

        return $"{Runtime}QueueDescriptor.Default";
    }

    /// <summary>The task's place in the contract.</summary>
    public int IndexOf(TaskModel task)
    {
        int index = 0;
        while (!ReferenceEquals(contract.Tasks[index], task))
        {
            index++;
        }

        return index;
    }

    /// <summary>The expression that makes a task's call of its parameters.</summary>
    public string CallExpression(TaskModel task) =>
        $"{Tasks}.{NameRules.Escape(task.CallName)}({string.Join(", ", task.Arguments.Select(argument => NameRules.Escape(argument.Name)))})";

    public static string ResultOf(TaskModel task) => task.Result?.Type.Name ?? $"{Runtime}NoResult";

    public string CallOf(TaskModel task) => $"{Runtime}TaskCall<{Contract}, {ResultOf(task)}, {Tasks}.{task.ArgumentsName}>";

    private static List<(QueueModel Queue, string Field)> Fields(ContractModel contract)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. contract.Tasks.Select(task => task.Options.Queue)
            .Where(queue => queue != new QueueModel("default"))
            .Distinct()
            .Select(queue => (queue, NameRules.Unique(NameRules.Pascal(queue.Name), taken)))];
    }
}
