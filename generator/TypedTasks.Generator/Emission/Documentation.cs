using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>Copies what the contract's author wrote above a method to the members that stand in for it.</summary>
internal static class Documentation
{
    public static void Write(SourceWriter writer, TaskModel task, string otherwise) => Write(writer, task, otherwise, task.Arguments);

    /// <param name="writer">Where it goes.</param>
    /// <param name="task">The task.</param>
    /// <param name="otherwise">The summary where the author wrote none.</param>
    /// <param name="arguments">The parameters that the member has.</param>
    public static void Write(SourceWriter writer, TaskModel task, string otherwise, IEnumerable<ParameterModel> arguments)
    {
        writer.Document("summary", task.Documentation.Summary.Length > 0 ? task.Documentation.Summary : otherwise);
        foreach (ParameterModel argument in arguments)
        {
            if (task.Documentation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name) is { } documented)
            {
                writer.Document("param", documented.Text, $" name=\"{argument.Name}\"");
            }
        }
    }
}
