using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>A closed hierarchy: an array of the case's tag and the case.</summary>
internal static class UnionCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, UnionPayload payload)
    {
        writer.Write("writer.WriteArrayHeader(2);");
        writer.Write("writer.Enter();");
        using (writer.Braces("switch (value)"))
        {
            // The most derived first: a case may derive from another.
            foreach (UnionCase unionCase in payload.Cases.OrderByDescending(unionCase => unionCase.Depth))
            {
                string exact = unionCase.IsSealed ? "" : $" when member.GetType() == typeof({unionCase.Payload.Type.Name})";
                using (writer.Deeper($"case {unionCase.Payload.Type.Name} member{exact}:"))
                {
                    writer.Write($"writer.Write({Literals.Number(unionCase.Tag)});");
                    writer.Write($"{unionCase.Payload.Codec}.Write(ref writer, member);");
                    writer.Write("break;");
                }
            }

            using (writer.Deeper("default:"))
            {
                writer.Write($"{ContractNames.MessagePack}Payload.ThrowUnknownUnion(value, {Literals.Text(payload.DisplayName)});");
                writer.Write("break;");
            }
        }

        writer.Line();
        writer.Write("writer.Leave();");
    }

    public static void EmitRead(SourceWriter writer, UnionPayload payload)
    {
        writer.Write($"{ContractNames.MessagePack}Payload.ReadExactArrayHeader(ref reader, 2);");
        writer.Write("reader.Enter();");
        writer.Write("int tag = reader.ReadInt32();");
        writer.Write($"{payload.Type.Name}? value = null;");
        using (writer.Braces("switch (tag)"))
        {
            foreach (UnionCase unionCase in payload.Cases)
            {
                using (writer.Deeper($"case {Literals.Number(unionCase.Tag)}:"))
                {
                    writer.Write($"value = {unionCase.Payload.Codec}.Read(ref reader);");
                    writer.Write("break;");
                }
            }

            using (writer.Deeper("default:"))
            {
                writer.Write($"{ContractNames.MessagePack}Payload.ThrowUnknownUnion(tag, {Literals.Text(payload.DisplayName)});");
                writer.Write("break;");
            }
        }

        writer.Line();
        writer.Write("reader.Leave();");
        writer.Write("return value;");
    }
}
