using System.Text;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The contract's descriptor: the way from a name on the wire to the handler's method, without reflection.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        writer.Document("summary", $"What the runtime knows of <see cref=\"{CallsEmitter.Cref(names.Contract)}\"/>.");
        writer.Write(GeneratedFile.GeneratedCode);
        writer.Write(GeneratedFile.Hidden);
        using (writer.Braces($"internal sealed class {names.Descriptor} : {ContractNames.Calls}ContractDescriptor<{names.Contract}>"))
        {
            string tasks = string.Join(", ", contract.Tasks.Select(task => $"{names.Tasks}.{task.ArgumentsName}.Task"));
            writer.Write($"public static readonly {names.Descriptor} Instance = new();");
            writer.Line();
            writer.Write($"private {names.Descriptor}()");
            writer.Write($"    : base({Literals.Text(contract.WireName)}, [{tasks}])");
            writer.Write("{\n}");
            writer.Line();
            writer.Write($"public override {names.Contract} CreateRemote({names.ClientType} client) => new {names.Remote}({(contract.Tasks.Count == 0 ? "" : "client")});");
            writer.Line();
            EmitIndexOf(writer, contract);
            writer.Line();
            EmitDispatch(writer, contract, names);
            writer.Line();
            EmitWriteKey(writer, contract, names);
        }
    }

    private static void EmitIndexOf(SourceWriter writer, ContractModel contract)
    {
        using (writer.Braces("public override int IndexOf(global::System.ReadOnlySpan<byte> taskName)"))
        {
            if (contract.Tasks.Count > 0)
            {
                // The length tells most names apart, so that one comparison is left.
                using (writer.Braces("switch (taskName.Length)"))
                {
                    foreach (IGrouping<int, (TaskModel Task, int Index)> group in contract.Tasks
                        .Select((task, index) => (Task: task, Index: index))
                        .GroupBy(pair => Encoding.UTF8.GetByteCount(pair.Task.FullWireName))
                        .OrderBy(group => group.Key))
                    {
                        using (writer.Deeper($"case {Literals.Number(group.Key)}:"))
                        {
                            foreach ((TaskModel task, int index) in group)
                            {
                                using (writer.Braces($"if (global::System.MemoryExtensions.SequenceEqual(taskName, {Literals.Text(task.FullWireName)}u8))"))
                                {
                                    writer.Write($"return {Literals.Number(index)};");
                                }

                                writer.Line();
                            }

                            writer.Write("break;");
                        }
                    }
                }

                writer.Line();
            }

            writer.Write("return -1;");
        }
    }

    private static void EmitDispatch(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        using (writer.Braces($"public override global::System.Threading.Tasks.ValueTask DispatchAsync({names.Contract} handler, int task, {ContractNames.Runtime}Worker.TaskInvocation invocation)"))
        {
            using (writer.Braces("switch (task)"))
            {
                for (int i = 0; i < contract.Tasks.Count; i++)
                {
                    TaskModel task = contract.Tasks[i];
                    string arguments = $"{names.Tasks}.{task.ArgumentsName}";
                    writer.Write($"case {Literals.Number(i)}: // {task.FullWireName}");
                    using (writer.Braces(""))
                    {
                        string local = task.Arguments.Any() ? $"{arguments} arguments = " : "";
                        writer.Write($"{local}invocation.ReadArguments<{arguments}, {ContractNames.ResultOf(task)}>();");
                        string call = $"{Receiver(task)}.{NameRules.Escape(task.MethodName)}({string.Join(", ", task.Parameters.Select(Argument))})";
                        string complete = task.Result is { } result ? $"CompleteAsync<{result.Type.Name}, {NilRefusing(result)}>" : "CompleteAsync";
                        writer.Write($"return invocation.{complete}({call});");
                    }

                    writer.Line();
                }

                writer.Write("default:\n    throw new global::System.ArgumentOutOfRangeException(nameof(task));");
            }
        }
    }

    // Through the interface that declares it: an overload of the inheriting contract could otherwise take the call.
    private static string Receiver(TaskModel task) => task.IsInherited ? $"(({task.DeclaringType.Name})handler)" : "handler";

    private static string NilRefusing(PayloadRef result) =>
        result.Type.RefusesNil ? KnownCodecs.Closed("NotNullCodec", [result.Type.Name], [result.Codec]) : result.Codec;

    private static string Argument(ParameterModel parameter) => parameter.Role switch
    {
        ParameterRole.CancellationToken => "invocation.CancellationToken",
        ParameterRole.Context => "invocation.Context",
        _ => $"arguments.{NameRules.Escape(parameter.PropertyName)}",
    };

    private static void EmitWriteKey(SourceWriter writer, ContractModel contract, ContractNames names)
    {
        using (writer.Braces($"public override void WriteKey(int task, ref {ContractNames.MessagePack}MessagePackReader arguments, ref {ContractNames.Calls}TaskKeyWriter key)"))
        {
            List<(TaskModel Task, int Index)> keyed = [.. contract.Tasks.Select((task, index) => (task, index)).Where(pair => pair.task.Options.KeyTemplate is not null)];
            if (keyed.Count == 0)
            {
                writer.Write("// No task of this contract has a key.");
                return;
            }

            using (writer.Braces("switch (task)"))
            {
                foreach ((TaskModel task, int index) in keyed)
                {
                    string arguments = $"{names.Tasks}.{task.ArgumentsName}";
                    writer.Write($"case {Literals.Number(index)}: // {task.FullWireName}");
                    writer.Write($"    {arguments}.WriteKey(ref key, {arguments}.Read(ref arguments));");
                    writer.Write("    break;");
                }
            }
        }
    }
}
