using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The extension methods of a client: the contract's methods, which enqueue, with options; and a handle for each of its tasks by id.</summary>
internal static class ClientEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        writer.Document("summary", $"Enqueues the tasks of <see cref=\"{CallsEmitter.Cref(names.Contract)}\"/>, and finds them again.");
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

            foreach (TaskModel task in contract.Tasks)
            {
                writer.Line();
                EmitHandle(writer, task, names);
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

    private static void EmitHandle(SourceWriter writer, TaskModel task, ContractNames names)
    {
        string handle = $"{ContractNames.Runtime}TaskHandle<{ContractNames.ResultOf(task)}>";
        writer.Document("summary", $"A handle of a task <c>{task.FullWireName}</c> that was enqueued before, here or elsewhere; asks the engine nothing yet.");
        writer.Document("param", "Where the task was enqueued.", " name=\"client\"");
        writer.Document("param", "The id of the handle that enqueueing returned.", " name=\"id\"");
        writer.Document("returns", "The handle. Its state is unknown where the engine knows no such task, or not any more.");
        using (writer.Deeper($"public static {handle} {task.HandleMethodName}(this {names.ClientType} client, {ContractNames.Runtime}TaskId id) =>"))
        {
            writer.Write($"client.Handle<{ContractNames.ResultOf(task)}, {names.Tasks}.{task.ArgumentsName}>(id);");
        }
    }

    private static string Free(HashSet<string> taken, string wanted, string otherwise) =>
        NameRules.Unique(taken.Contains(wanted) ? otherwise : wanted, taken);
}
