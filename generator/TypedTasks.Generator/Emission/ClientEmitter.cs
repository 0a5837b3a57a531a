using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The extension methods by which a producer enqueues: the contract's methods, on its client, with options.</summary>
internal static class ClientEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        writer.Document("summary", $"Enqueues the tasks of <see cref=\"{CallsEmitter.Cref(names.Contract)}\"/>.");
        writer.Write(GeneratedFile.GeneratedCode);
        using (writer.Braces($"{names.Access} static class {names.Client}"))
        {
            bool first = true;
            foreach (TaskModel task in contract.Tasks)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                EmitMethod(writer, task, names);
            }
        }
    }

    private static void EmitMethod(SourceWriter writer, TaskModel task, ContractNames names)
    {
        HashSet<string> taken = new(task.Arguments.Select(argument => argument.Name), StringComparer.Ordinal);
        string client = Free(taken, "client", "taskClient");
        string options = Free(taken, "options", "enqueueOptions");
        string cancellationToken = Free(taken, "cancellationToken", "enqueueCancellationToken");

        Documentation.Write(writer, task, $"Enqueues the task <c>{task.FullWireName}</c>.");
        writer.Document("param", "Where the task is enqueued.", $" name=\"{client}\"");
        writer.Document("param", "Delay, expiry, key, id and headers.", $" name=\"{options}\"");
        writer.Document("param", "Gives up waiting for the engine; the task may have been accepted all the same.", $" name=\"{cancellationToken}\"");
        writer.Document("returns", "A handle to wait for the outcome, cancel the task, or forget it. The task is durable when it is returned.");

        List<string> parameters = [$"this {names.ClientType} {client}", .. task.Arguments.Select(CallsEmitter.Declare)];
        parameters.Add($"{ContractNames.Runtime}EnqueueOptions {options} = default");
        parameters.Add($"global::System.Threading.CancellationToken {cancellationToken} = default");
        using (writer.Deeper($"public static global::System.Threading.Tasks.ValueTask<{ContractNames.Runtime}TaskHandle<{ContractNames.ResultOf(task)}>> {NameRules.Escape(task.ClientMethodName)}("))
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                writer.Write(parameters[i] + (i == parameters.Count - 1 ? ") =>" : ","));
            }

            writer.Write($"{client}.EnqueueAsync({names.CallExpression(task)}, {options}, {cancellationToken});");
        }
    }

    private static string Free(HashSet<string> taken, string wanted, string otherwise) =>
        NameRules.Unique(taken.Contains(wanted) ? otherwise : wanted, taken);
}
