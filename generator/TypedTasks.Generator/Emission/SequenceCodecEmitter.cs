using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>A list or array of the user's objects: the loop that the runtime's generic codecs would share among all reference types.</summary>
internal static class SequenceCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, SequencePayload payload)
    {
        PayloadRef element = payload.Element;
        string elements = payload.IsArray ? "value" : "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(value)";
        string checkedElement = element.Type.RefusesNil ? $"{ContractNames.MessagePack}Payload.NotNull(element, {Literals.Text(payload.DisplayName)})" : "element";
        writer.Write($"global::System.ReadOnlySpan<{element.Type.Name}> elements = {elements};");
        writer.Write("writer.WriteArrayHeader(elements.Length);");
        writer.Write("writer.Enter();");
        using (writer.Braces($"foreach ({element.Type.Name} element in elements)"))
        {
            writer.Write($"{element.Codec}.Write(ref writer, {checkedElement});");
        }

        writer.Line();
        writer.Write("writer.Leave();");
    }

    public static void EmitRead(SourceWriter writer, SequencePayload payload)
    {
        PayloadRef element = payload.Element;
        string read = ArrayElements.Expression(element, payload.DisplayName);
        string capacity = $"{ContractNames.MessagePack}Payload.Capacity<{element.Type.Name}>(count)";
        writer.Write("int count = reader.ReadArrayHeader();");
        writer.Write("reader.Enter();");
        writer.Write("// A declared count makes room for so many elements only; more room comes with the elements.");
        writer.Write(payload.IsArray ? $"var value = new {element.Type.Name}[{capacity}];" : $"{payload.Type.Name} value = new({capacity});");
        using (writer.Braces("for (int i = 0; i < count; i++)"))
        {
            if (payload.IsArray)
            {
                using (writer.Braces("if (i == value.Length)"))
                {
                    writer.Write($"{ContractNames.MessagePack}Payload.Grow(ref value, count);");
                }

                writer.Line();
                writer.Write($"value[i] = {read};");
            }
            else
            {
                writer.Write($"value.Add({read});");
            }
        }

        writer.Line();
        writer.Write("reader.Leave();");
        writer.Write("return value;");
    }
}
