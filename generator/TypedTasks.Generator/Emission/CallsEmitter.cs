using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The <c>…Tasks</c> class: each task of the contract as a method that makes the call value, and the structs of arguments.</summary>
internal static class CallsEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        writer.Document("summary", $"The tasks of <see cref=\"{Cref(names.Contract)}\"/> as call values: what <c>ITaskClient</c> enqueues, batches and schedules.");
        writer.Write(GeneratedFile.GeneratedCode);
        using (writer.Braces($"{names.Access} static class {names.Tasks}"))
        {
            foreach (TaskModel task in contract.Tasks)
            {
                Documentation.Write(writer, task, $"Runs the task <c>{task.FullWireName}</c>.");
                writer.Document("returns", "The call, not yet enqueued.");
                string parameters = string.Join(", ", task.Arguments.Select(Declare));
                string arguments = string.Join(", ", task.Arguments.Select(argument => NameRules.Escape(argument.Name)));
                EmitCall(writer, task.Arguments, $"public static {(Hides(task) ? "new " : "")}{names.CallOf(task)} {NameRules.Escape(task.CallName)}({parameters})", $"new(new {task.ArgumentsName}({arguments}))");

                writer.Line();
            }

            foreach (TaskModel task in contract.Tasks.Where(task => task.Arguments.Any()))
            {
                EmitLink(writer, task);
                writer.Line();
            }

            bool first = true;
            foreach (TaskModel task in contract.Tasks)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                ArgumentsEmitter.Emit(writer, task, names);
            }
        }
    }

    private static void EmitLink(SourceWriter writer, TaskModel task)
    {
        ParameterModel input = task.Arguments.First();
        List<ParameterModel> rest = [.. task.Arguments.Skip(1)];
        string types = $"{input.Type.Bare}, {ContractNames.ResultOf(task)}";
        string arguments = string.Join(", ", rest.Select(argument => NameRules.Escape(argument.Name)).Prepend("default!"));
        Documentation.Write(writer, task, $"Runs the task <c>{task.FullWireName}</c>.", rest);
        writer.Document("returns", $"The task as a link of a canvas: its <c>{input.Name}</c> is the result of what comes before it.");
        EmitCall(
            writer,
            rest,
            $"public static {ContractNames.Runtime}TaskLink<{types}> {task.LinkName}({string.Join(", ", rest.Select(Declare))})",
            $"{ContractNames.Calls}TaskLinkOf.Arguments<{types}, {task.ArgumentsName}>(new {task.ArgumentsName}({arguments}))");
    }

    /// <summary>What may not be null is refused here, where the stack says who passed it, rather than by the worker that cannot read it.</summary>
    private static void EmitCall(SourceWriter writer, IEnumerable<ParameterModel> arguments, string signature, string call)
    {
        List<ParameterModel> refusing = [.. arguments.Where(argument => argument.Type.RefusesNil)];
        if (refusing.Count == 0)
        {
            using (writer.Deeper($"{signature} =>"))
            {
                writer.Write($"{call};");
            }

            return;
        }

        using (writer.Braces(signature))
        {
            foreach (ParameterModel argument in refusing)
            {
                writer.Write($"global::System.ArgumentNullException.ThrowIfNull({NameRules.Escape(argument.Name)}, {Literals.Text(argument.Name)});");
            }

            writer.Write($"return {call};");
        }
    }

    // What every class inherits and may be called without arguments.
    private static bool Hides(TaskModel task) => task.CallName is nameof(ToString) or nameof(GetHashCode) && !task.Arguments.Any();

    /// <summary>A parameter as the contract declares it, its default value included.</summary>
    public static string Declare(ParameterModel parameter) =>
        $"{parameter.Type.Name} {NameRules.Escape(parameter.Name)}" + (parameter.Default is null ? "" : $" = {parameter.Default}");

    public static string Cref(string type) => type.Replace('<', '{').Replace('>', '}');
}
