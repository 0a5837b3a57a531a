using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The contract as a proxy: each method enqueues its task and waits for the outcome.</summary>
internal static class RemoteEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        writer.Document("summary", "Each method enqueues its task and waits for the outcome.");
        writer.Write(GeneratedFile.GeneratedCode);
        HashSet<string> taken = new(contract.Tasks.SelectMany(task => task.Parameters).Select(parameter => parameter.Name), StringComparer.Ordinal);
        string client = NameRules.Unique("tasks", taken);
        string parameter = contract.Tasks.Count == 0 ? "" : $"({names.ClientType} {client})";
        using (writer.Braces($"file sealed class {names.Remote}{parameter} : {names.Contract}"))
        {
            bool first = true;
            foreach (TaskModel task in contract.Tasks)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                string parameters = string.Join(", ", task.Parameters.Select(parameter => $"{parameter.Type.Name} {NameRules.Escape(parameter.Name)}"));
                using (writer.Deeper($"{ReturnType(task)} {task.DeclaringType.Name}.{NameRules.Escape(task.MethodName)}({parameters}) =>"))
                {
                    writer.Write($"{Body(task, names, client)};");
                }
            }
        }
    }

    private static string ReturnType(TaskModel task) => task.Returns switch
    {
        ReturnShape.Task => "global::System.Threading.Tasks.Task",
        ReturnShape.ValueTask => "global::System.Threading.Tasks.ValueTask",
        ReturnShape.TaskOfResult => $"global::System.Threading.Tasks.Task<{task.Result!.Type.Name}>",
        _ => $"global::System.Threading.Tasks.ValueTask<{task.Result!.Type.Name}>",
    };

    private static string Body(TaskModel task, ContractNames names, string client)
    {
        string token = task.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.CancellationToken) is { } given
            ? $", {NameRules.Escape(given.Name)}"
            : "";
        string arguments = string.Join(", ", task.Arguments.Select(argument => NameRules.Escape(argument.Name)));
        string invoke = $"{client}.InvokeAsync({names.Tasks}.{NameRules.Escape(task.CallName)}({arguments}){token})";
        return task.Returns switch
        {
            ReturnShape.ValueTaskOfResult => invoke,
            ReturnShape.TaskOfResult => $"{invoke}.AsTask()",
            ReturnShape.ValueTask => $"{ContractNames.Calls}RemoteCall.WithoutResult({invoke})",
            _ => $"{ContractNames.Calls}RemoteCall.WithoutResult({invoke}).AsTask()",
        };
    }
}
