using Microsoft.CodeAnalysis.Text;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The one file of the assembly: its manifest, which analyzers read across references, and the registration of its contracts.</summary>
internal static class AssemblyFile
{
    // What emitted code counts on in the runtime: ContractRegistry.GeneratorVersion.
    private const int GeneratorVersion = 1;
    private const string Manifest = "assembly: global::TypedTasks.Manifest.";

    public static SourceText Emit(AssemblyModel assembly)
    {
        SourceWriter writer = GeneratedFile.Begin();
        EmitManifest(writer, assembly);
        if (assembly.Contracts.Count > 0 || assembly.Payloads.Count > 0)
        {
            writer.Line();
            EmitRegistration(writer, assembly);
        }

        return writer.ToSource();
    }

    private static void EmitManifest(SourceWriter writer, AssemblyModel assembly)
    {
        writer.Write("// The manifest: what this assembly declares and handles.");
        foreach (ContractModel contract in assembly.Contracts.Select(contract => contract.Model))
        {
            writer.Write($"[{Manifest}DeclaresContract(typeof({contract.Type.Name}), {Literals.Text(contract.WireName)})]");
            foreach (TaskModel task in contract.Tasks.Where(task => !task.IsInherited))
            {
                writer.Write($"[{Manifest}DeclaresTask(typeof({contract.Type.Name}), {Literals.Text(task.FullWireName)}, {Literals.Text(task.Options.Queue.Name)}{Options(task.Options)})]");
            }
        }

        foreach (QueueModel queue in assembly.Queues)
        {
            string settings =
                (queue.Concurrency != 0 ? $", Concurrency = {Literals.Number(queue.Concurrency)}" : "") +
                (queue.Prefetch != -1 ? $", Prefetch = {Literals.Number(queue.Prefetch)}" : "") +
                (queue.IsExternal ? ", External = true" : "");
            writer.Write($"[{Manifest}DeclaresQueue({Literals.Text(queue.Name)}{settings})]");
        }

        foreach (HandlerModel handler in assembly.Handlers)
        {
            foreach (string contract in handler.Contracts)
            {
                writer.Write($"[{Manifest}DeclaresHandler(typeof({handler.Type}), typeof({contract}))]");
            }
        }
    }

    private static string Options(TaskOptionsModel options) =>
        $", MaxAttempts = {Literals.Number(options.MaxAttempts)}" +
        (options.IsIdempotent ? ", Idempotent = true" : "") +
        (options.KeyTemplate is { } key ? $", Key = {Literals.Text(key)}" : "") +
        (options.AtMostOnce ? ", AtMostOnce = true" : "") +
        (options.KeepOutcome.Ticks == 0 ? ", KeepsOutcome = false" : "");

    private static void EmitRegistration(SourceWriter writer, AssemblyModel assembly)
    {
        using (writer.Braces("namespace TypedTasks"))
        {
            writer.Document("summary", "Announces this assembly's contracts and payloads to the runtime.");
            writer.Write(GeneratedFile.GeneratedCode);
            writer.Write(GeneratedFile.Hidden);
            using (writer.Braces("internal static class GeneratedContracts"))
            {
                writer.Write("// Runs before any other code of the assembly, so that AddClient<T>() and AddWorker<T, THandler>() find the contract without scanning.");
                writer.Write("[global::System.Runtime.CompilerServices.ModuleInitializer]");
                using (writer.Braces("internal static void Register()"))
                {
                    foreach (ContractModel contract in assembly.Contracts.Select(contract => contract.Model))
                    {
                        string descriptor = contract.Namespace.Length > 0 ? $"{contract.Namespace}.{contract.BaseName}Contract" : $"{contract.BaseName}Contract";
                        writer.Write($"{ContractNames.Calls}ContractRegistry.Register(global::{descriptor}.Instance, {Literals.Number(GeneratorVersion)});");
                    }

                    foreach (AnnouncedPayload payload in assembly.Payloads)
                    {
                        writer.Write($"{ContractNames.MessagePack}PayloadCodecs.Register<{payload.Type}, {payload.Codec}>();");
                    }
                }
            }
        }
    }
}
