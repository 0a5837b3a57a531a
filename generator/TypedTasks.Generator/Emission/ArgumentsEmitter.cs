using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The struct of one task's arguments, which is also all that is known of the task at compile time.</summary>
internal static class ArgumentsEmitter
{
    public static void Emit(SourceWriter writer, TaskModel task, ContractNames names)
    {
        List<ParameterModel> arguments = [.. task.Arguments];
        string name = task.ArgumentsName;
        string result = ContractNames.ResultOf(task);
        string members = string.Join(", ", arguments.Select(argument => $"{argument.Type.Name} {NameRules.Escape(argument.PropertyName)}"));

        writer.Document("summary", $"The arguments of the task <c>{task.FullWireName}</c>, and what the contract says of it.");
        foreach (ParameterModel argument in arguments)
        {
            writer.Document("param", $"The parameter <c>{argument.Name}</c>.", $" name=\"{argument.PropertyName}\"");
        }

        string positional = arguments.Count == 0 ? "" : $"({members})";
        using (writer.Braces($"public readonly record struct {name}{positional} : {ContractNames.Calls}{ContractOf(arguments, name, result)}"))
        {
            DescriptorOfTask.Emit(writer, task, names);
            writer.Line();
            writer.Write("/// <inheritdoc/>");
            writer.Write($"public static {ContractNames.Runtime}TaskDescriptor Task => Descriptor;");
            writer.Line();
            EmitWrite(writer, "Write", name, arguments);
            writer.Line();
            if (arguments.Count > 0)
            {
                EmitWrite(writer, "WriteRest", name, [.. arguments.Skip(1)]);
                writer.Line();
            }

            EmitRead(writer, task, name, arguments);
            EmitKey(writer, task, name);
            writer.Line();
            EmitResult(writer, task, result);
        }
    }

    // A task that takes something can be given the result of another.
    private static string ContractOf(List<ParameterModel> arguments, string name, string result) => arguments.Count == 0
        ? $"ITaskArguments<{name}, {result}>"
        : $"ILinkArguments<{name}, {arguments[0].Type.Bare}, {result}>";

    private static void EmitWrite(SourceWriter writer, string method, string name, List<ParameterModel> arguments)
    {
        writer.Write("/// <inheritdoc/>");
        using (writer.Braces($"public static void {method}(ref {ContractNames.MessagePack}MessagePackWriter writer, in {name} arguments)"))
        {
            writer.Write($"writer.WriteArrayHeader({Literals.Number(arguments.Count)});");
            foreach (ParameterModel argument in arguments)
            {
                writer.Write($"{argument.Codec}.Write(ref writer, arguments.{NameRules.Escape(argument.PropertyName)});");
            }
        }
    }

    private static void EmitRead(SourceWriter writer, TaskModel task, string name, List<ParameterModel> arguments)
    {
        HashSet<string> taken = new(StringComparer.Ordinal) { "reader", "count" };
        List<ArrayElement> elements = [.. arguments.Select((argument, index) => new ArrayElement(
            index,
            NameRules.Escape(NameRules.Unique(NameRules.Camel(argument.PropertyName), taken)),
            new PayloadRef(argument.Type, argument.Codec),
            $"{task.FullWireName}({argument.Name})",
            argument.Default))];
        writer.Write("/// <inheritdoc/>");
        using (writer.Braces($"public static {name} Read(ref {ContractNames.MessagePack}MessagePackReader reader)"))
        {
            writer.Write("int count = reader.ReadArrayHeader();");
            ArrayElements.EmitRead(writer, elements);
            writer.Write(elements.Count == 0 ? "reader.SkipRemaining(count);" : $"reader.SkipRemaining(count - {Literals.Number(elements.Count)});");
            writer.Write($"return new {name}({string.Join(", ", elements.Select(element => element.Local))});");
        }
    }

    private static void EmitKey(SourceWriter writer, TaskModel task, string name)
    {
        if (task.Options.KeyTemplate is not { } template)
        {
            return;
        }

        writer.Line();
        writer.Write("/// <inheritdoc/>");
        using (writer.Braces($"public static void WriteKey(ref {ContractNames.Calls}TaskKeyWriter key, in {name} arguments)"))
        {
            writer.Write($"// {OneLine(template)}");
            foreach (KeyPart part in task.Options.KeyParts)
            {
                writer.Write(part.IsLiteral ? $"key.AppendLiteral({Literals.Text(part.Text)});" : $"key.Append({part.Text});");
            }
        }
    }

    private static void EmitResult(SourceWriter writer, TaskModel task, string result)
    {
        writer.Write("/// <inheritdoc/>");
        using (writer.Deeper($"public static void WriteResult(ref {ContractNames.MessagePack}MessagePackWriter writer, {result} result) =>"))
        {
            writer.Write(task.Result is { } written ? $"{written.Codec}.Write(ref writer, result);" : "writer.WriteNil();");
        }

        writer.Line();
        writer.Write("/// <inheritdoc/>");
        if (task.Result is { } read)
        {
            using (writer.Deeper($"public static {result} ReadResult(ref {ContractNames.MessagePack}MessagePackReader reader) =>"))
            {
                writer.Write($"{ArrayElements.Expression(read, $"{task.FullWireName} (result)")};");
            }

            return;
        }

        using (writer.Braces($"public static {result} ReadResult(ref {ContractNames.MessagePack}MessagePackReader reader)"))
        {
            writer.Write("""
                reader.Skip();
                return default;
                """);
        }
    }

    internal static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Replace('\u0085', ' ');
}
