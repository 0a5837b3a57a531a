using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>A type that travels as a map of its members by name.</summary>
internal static class MapCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, ObjectPayload payload)
    {
        writer.Write($"writer.WriteMapHeader({Literals.Number(payload.Members.Count)});");
        Nesting.Enter(writer, "writer", payload);
        foreach (MemberModel member in payload.Members)
        {
            writer.Write($"writer.WriteUtf8String({Literals.Text(member.MapKey)}u8);");
            writer.Write(ArrayElements.Write(payload, member));
        }

        Nesting.Leave(writer, "writer", payload);
    }

    public static void EmitRead(SourceWriter writer, ObjectPayload payload)
    {
        List<MemberModel> restored = [.. payload.Restored];
        Seen seen = new(restored);
        if (payload.IsMutable)
        {
            writer.Write($"{payload.Type.Name} value = new();");
        }
        else
        {
            foreach (MemberModel member in restored)
            {
                writer.Write($"{member.Payload.Type.Name} {member.Local} = {member.Default ?? (member.Payload.Type.RefusesNil ? "default!" : "default")};");
            }
        }

        seen.Declare(writer);
        writer.Write("int count = reader.ReadMapHeader();");
        Nesting.Enter(writer, "reader", payload);
        EmitLoop(writer, payload, restored, seen);
        Nesting.Leave(writer, "reader", payload);
        if (payload.IsMutable)
        {
            writer.Write("return value;");
            return;
        }

        foreach (MemberModel member in restored.Where(MustArrive))
        {
            using (writer.Braces($"if ({seen.Missing(member)})"))
            {
                writer.Write($"{ContractNames.MessagePack}Payload.ThrowMissing({Literals.Text($"{payload.DisplayName}.{member.Name}")});");
            }

            writer.Line();
        }

        ObjectConstruction.Emit(writer, payload, seen);
    }

    private static bool MustArrive(MemberModel member) =>
        member is { Restore: MemberRestore.Constructor or MemberRestore.Required, Default: null, Payload.Type.RefusesNil: true };

    private static void EmitLoop(SourceWriter writer, ObjectPayload payload, List<MemberModel> restored, Seen seen)
    {
        if (restored.Count == 0)
        {
            writer.Write("reader.SkipRemaining(2 * count);");
            return;
        }

        using (writer.Braces("for (; count > 0; count--)"))
        {
            writer.Write("global::System.ReadOnlySpan<byte> key = reader.ReadMapKey();");
            string otherwise = "if";
            foreach (MemberModel member in restored)
            {
                string path = $"{payload.DisplayName}.{member.Name}";
                string target = payload.IsMutable ? $"value.{NameRules.Escape(member.Name)}" : member.Local;
                using (writer.Braces($"{otherwise} (global::System.MemoryExtensions.SequenceEqual(key, {Literals.Text(member.MapKey)}u8))"))
                {
                    writer.Write(seen.See(member, path));
                    writer.Write($"{target} = {ArrayElements.Expression(member.Payload, path)};");
                }

                otherwise = "else if";
            }

            using (writer.Braces("else"))
            {
                writer.Write("reader.Skip();");
            }
        }

        writer.Line();
    }

    /// <summary>One bit a member: a second value for one is refused, and what is missing is known. A variable for every 64 members.</summary>
    private sealed class Seen(List<MemberModel> members) : IArrival
    {
        public void Declare(SourceWriter writer)
        {
            for (int first = 0; first < members.Count; first += 64)
            {
                writer.Write($"ulong {Variable(first)} = 0;");
            }
        }

        public string See(MemberModel member, string path)
        {
            int index = members.IndexOf(member);
            return $"{ContractNames.MessagePack}Payload.See(ref {Variable(index)}, {Literals.Number(index % 64)}, {Literals.Text(path)});";
        }

        public string Missing(MemberModel member) => $"({Variable(members.IndexOf(member))} & {Bit(member)}) == 0";

        public string Arrived(MemberModel member) => $"({Variable(members.IndexOf(member))} & {Bit(member)}) != 0";

        public string AnyMissing(IReadOnlyList<MemberModel> some) => string.Join(" || ", some.Select(Missing));

        private string Bit(MemberModel member) => $"(1UL << {Literals.Number(members.IndexOf(member) % 64)})";

        private static string Variable(int index) => index < 64 ? "seen" : $"seen{Literals.Number(index / 64)}";
    }
}
