using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>A type that travels as an array of its members by number; a number that no member has is nil.</summary>
internal static class ArrayCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, ObjectPayload payload)
    {
        int length = payload.Members.Count == 0 ? 0 : payload.Members[payload.Members.Count - 1].Key + 1;
        writer.Write($"writer.WriteArrayHeader({Literals.Number(length)});");
        Nesting.Enter(writer, "writer", payload);
        int next = 0;
        foreach (MemberModel member in payload.Members)
        {
            for (; next < member.Key; next++)
            {
                writer.Write("writer.WriteNil();");
            }

            next = member.Key + 1;
            writer.Write(ArrayElements.Write(payload, member));
        }

        Nesting.Leave(writer, "writer", payload);
    }

    public static void EmitRead(SourceWriter writer, ObjectPayload payload)
    {
        List<MemberModel> restored = [.. payload.Restored];
        int read = restored.Count == 0 ? 0 : restored[restored.Count - 1].Key + 1;
        string skip = read == 0 ? "reader.SkipRemaining(count);" : $"reader.SkipRemaining(count - {Literals.Number(read)});";
        if (payload.IsMutable)
        {
            writer.Write($"{payload.Type.Name} value = new();");
        }

        writer.Write("int count = reader.ReadArrayHeader();");
        Nesting.Enter(writer, "reader", payload);
        if (payload.IsMutable)
        {
            EmitAssignments(writer, payload, restored);
        }
        else
        {
            ArrayElements.EmitRead(writer, [.. restored.Select(member => Element(payload, member))]);
        }

        writer.Write(skip);
        Nesting.Leave(writer, "reader", payload);
        if (payload.IsMutable)
        {
            writer.Write("return value;");
        }
        else
        {
            ObjectConstruction.Emit(writer, payload, new ArrayArrival());
        }
    }

    private static void EmitAssignments(SourceWriter writer, ObjectPayload payload, List<MemberModel> restored)
    {
        int next = 0;
        foreach (MemberModel member in restored)
        {
            ArrayElements.EmitGap(writer, next, member.Key);
            next = member.Key + 1;
            using (writer.Braces($"if (count > {Literals.Number(member.Key)})"))
            {
                writer.Write($"value.{NameRules.Escape(member.Name)} = {ArrayElements.Expression(member.Payload, $"{payload.DisplayName}.{member.Name}")};");
            }

            writer.Line();
        }
    }

    private static ArrayElement Element(ObjectPayload payload, MemberModel member) => new(
        member.Key,
        member.Local,
        member.Payload,
        $"{payload.DisplayName}.{member.Name}",
        member.Restore is MemberRestore.Initializer or MemberRestore.Setter && member.Payload.Type.RefusesNil ? "default!" : member.Default);

    private sealed class ArrayArrival : IArrival
    {
        public string Arrived(MemberModel member) => $"count > {Literals.Number(member.Key)}";

        public string AnyMissing(IReadOnlyList<MemberModel> members) => $"count <= {Literals.Number(members.Max(member => member.Key))}";
    }
}
