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
        using (writer.Braces($"file sealed class {names.Remote}({names.ClientType} tasks) : {names.Contract}"))
        {
            bool first = true;
            foreach (TaskModel task in contract.Tasks)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                string parameters = string.Join(", ", task.Parameters.Select(parameter => $"{parameter.Type.Name} {Name(parameter)}"));
                using (writer.Deeper($"{ReturnType(task)} {task.DeclaringType.Name}.{NameRules.Escape(task.MethodName)}({parameters}) =>"))
                {
                    writer.Write($"{Body(task, names)};");
                }
            }
        }
    }

    // The primary constructor's parameter is in scope; a method's parameter of the same name hides it.
    private static string Name(ParameterModel parameter) => parameter.Name == "tasks" ? "tasksArgument" : NameRules.Escape(parameter.Name);

    private static string ReturnType(TaskModel task) => task.Returns switch
    {
        ReturnShape.Task => "global::System.Threading.Tasks.Task",
        ReturnShape.ValueTask => "global::System.Threading.Tasks.ValueTask",
        ReturnShape.TaskOfResult => $"global::System.Threading.Tasks.Task<{task.Result!.Type.Name}>",
        _ => $"global::System.Threading.Tasks.ValueTask<{task.Result!.Type.Name}>",
    };

    private static string Body(TaskModel task, ContractNames names)
    {
        string token = task.Parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.CancellationToken) is { } given
            ? $", {NameRules.Escape(given.Name)}"
            : "";
        string arguments = string.Join(", ", task.Arguments.Select(Name));
        string invoke = $"tasks.InvokeAsync({names.Tasks}.{NameRules.Escape(task.CallName)}({arguments}){token})";
        return task.Returns switch
        {
            ReturnShape.ValueTaskOfResult => invoke,
            ReturnShape.TaskOfResult => $"{invoke}.AsTask()",
            ReturnShape.ValueTask => $"{ContractNames.Calls}RemoteCall.WithoutResult({invoke})",
            _ => $"{ContractNames.Calls}RemoteCall.WithoutResult({invoke}).AsTask()",
        };
    }
}
