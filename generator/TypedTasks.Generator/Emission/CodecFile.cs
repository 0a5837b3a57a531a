using Microsoft.CodeAnalysis.Text;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>The file of one type's codec.</summary>
internal static class CodecFile
{
    public static SourceText Emit(PayloadModel payload)
    {
        SourceWriter writer = GeneratedFile.Begin();
        writer.Write($"namespace {payload.CodecNamespace};\n");
        writer.Document("summary", $"Carries <see cref=\"{CallsEmitter.Cref(payload.Type.Name)}\"/>.");
        writer.Write(GeneratedFile.GeneratedCode);
        writer.Write(GeneratedFile.Hidden);
        string nullable = payload.Type.IsValueType ? "" : "?";
        using (writer.Braces($"internal readonly struct {payload.CodecName} : {ContractNames.MessagePack}IPayloadCodec<{payload.Type.Name}{nullable}>"))
        {
            using (writer.Braces($"public static void Write(ref {ContractNames.MessagePack}MessagePackWriter writer, {payload.Type.Name}{nullable} value)"))
            {
                EmitNilWrite(writer, payload);
                EmitWrite(writer, payload);
            }

            writer.Line();
            using (writer.Braces($"public static {payload.Type.Name}{nullable} Read(ref {ContractNames.MessagePack}MessagePackReader reader)"))
            {
                EmitNilRead(writer, payload);
                EmitRead(writer, payload);
            }
        }

        return writer.ToSource();
    }

    private static void EmitNilWrite(SourceWriter writer, PayloadModel payload)
    {
        if (!payload.Type.IsValueType)
        {
            using (writer.Braces("if (value is null)"))
            {
                writer.Write("""
                    writer.WriteNil();
                    return;
                    """);
            }

            writer.Line();
        }
    }

    private static void EmitNilRead(SourceWriter writer, PayloadModel payload)
    {
        if (!payload.Type.IsValueType)
        {
            using (writer.Braces("if (reader.TryReadNil())"))
            {
                writer.Write("return null;");
            }

            writer.Line();
        }
    }

    private static void EmitWrite(SourceWriter writer, PayloadModel payload)
    {
        switch (payload)
        {
            case SequencePayload sequence:
                SequenceCodecEmitter.EmitWrite(writer, sequence);
                break;
            case UnionPayload union:
                UnionCodecEmitter.EmitWrite(writer, union);
                break;
            case ObjectPayload { IsMap: true } map:
                MapCodecEmitter.EmitWrite(writer, map);
                break;
            case ObjectPayload array:
                ArrayCodecEmitter.EmitWrite(writer, array);
                break;
        }
    }

    private static void EmitRead(SourceWriter writer, PayloadModel payload)
    {
        switch (payload)
        {
            case SequencePayload sequence:
                SequenceCodecEmitter.EmitRead(writer, sequence);
                break;
            case UnionPayload union:
                UnionCodecEmitter.EmitRead(writer, union);
                break;
            case ObjectPayload { IsMap: true } map:
                MapCodecEmitter.EmitRead(writer, map);
                break;
            case ObjectPayload array:
                ArrayCodecEmitter.EmitRead(writer, array);
                break;
        }
    }
}
