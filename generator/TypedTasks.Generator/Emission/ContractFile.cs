using Microsoft.CodeAnalysis.Text;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The file of one contract: its calls, its client methods, its remote proxy and its descriptor.</summary>
internal static class ContractFile
{
    public static SourceText Emit(ContractModel contract)
    {
        SourceWriter writer = GeneratedFile.Begin();
        if (contract.Namespace.Length > 0)
        {
            writer.Write($"namespace {contract.Namespace};\n");
        }

        ContractNames names = new(contract);
        CallsEmitter.Emit(writer, contract, names);
        writer.Line();
        ClientEmitter.Emit(writer, contract, names);
        writer.Line();
        RemoteEmitter.Emit(writer, contract, names);
        writer.Line();
        DescriptorEmitter.Emit(writer, contract, names);
        QueuesEmitter.Emit(writer, names);
        return writer.ToSource();
    }
}
