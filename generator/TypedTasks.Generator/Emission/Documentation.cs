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
        List<ParameterModel> left = [.. task.Parameters.Where(parameter => !arguments.Contains(parameter))];
        writer.Document("summary", task.Documentation.Summary.Length > 0 ? Naming(task.Documentation.Summary, left) : otherwise);
        foreach (ParameterModel argument in arguments)
        {
            if (task.Documentation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name) is { } documented)
            {
                writer.Document("param", Naming(documented.Text, left), $" name=\"{argument.Name}\"");
            }
        }
    }

    // What the text refers to is no parameter of this member.
    private static string Naming(string text, List<ParameterModel> parameters)
    {
        foreach (ParameterModel parameter in parameters)
        {
            text = text.Replace($"<paramref name=\"{parameter.Name}\" />", $"<c>{parameter.Name}</c>");
        }

        return text;
    }
}
