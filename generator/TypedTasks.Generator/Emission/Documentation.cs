using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>Copies what the contract's author wrote above a method to the members that stand in for it.</summary>
internal static class Documentation
{
    public static void Write(SourceWriter writer, TaskModel task, string otherwise)
    {
        writer.Document("summary", task.Documentation.Summary.Length > 0 ? task.Documentation.Summary : otherwise);
        foreach (ParameterModel argument in task.Arguments)
        {
            if (task.Documentation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name) is { } documented)
            {
                writer.Document("param", documented.Text, $" name=\"{argument.Name}\"");
            }
        }
    }
}
