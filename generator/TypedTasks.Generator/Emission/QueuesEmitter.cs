using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The queues that a contract's tasks name. A class of its own, so that making a task's descriptor needs no other.</summary>
internal static class QueuesEmitter
{
    public static void Emit(SourceWriter writer, ContractNames names)
    {
        if (names.QueueFields.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Write(GeneratedFile.GeneratedCode);
        using (writer.Braces($"file static class {names.Queues}"))
        {
            foreach ((QueueModel queue, string field) in names.QueueFields)
            {
                writer.Write($"public static readonly {ContractNames.Runtime}QueueDescriptor {field} = new({Literals.Text(queue.Name)}){Settings(queue)};");
            }
        }
    }

    private static string Settings(QueueModel queue)
    {
        List<string> settings = [];
        if (queue.Concurrency != 0)
        {
            settings.Add($"Concurrency = {Literals.Number(queue.Concurrency)}");
        }

        if (queue.Prefetch != -1)
        {
            settings.Add($"Prefetch = {Literals.Number(queue.Prefetch)}");
        }

        return settings.Count == 0 ? "" : $" {{ {string.Join(", ", settings)} }}";
    }
}
