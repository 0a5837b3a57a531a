using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>How emitted code asks whether a member arrived: by count in an array, by bit in a map.</summary>
internal interface IArrival
{
    /// <summary>The condition under which a member arrived.</summary>
    string Arrived(MemberModel member);

    /// <summary>The condition under which one of several members did not.</summary>
    string AnyMissing(IReadOnlyList<MemberModel> members);
}

/// <summary>Makes an object of the locals that its members were read into, where the object cannot be made first.</summary>
internal static class ObjectConstruction
{
    public static void Emit(SourceWriter writer, ObjectPayload payload, IArrival arrival)
    {
        List<MemberModel> initialized = [.. payload.Members.Where(member => member.Restore == MemberRestore.Initializer)];
        List<MemberModel> assigned = [.. payload.Members.Where(member => member.Restore == MemberRestore.Setter)];
        if (initialized.Count > 0)
        {
            EmitUnset(writer, payload, initialized, arrival);
        }

        string creation = Creation(payload, MemberRestore.Required, MemberRestore.Initializer);
        if (assigned.Count == 0)
        {
            writer.Write($"return {creation};");
            return;
        }

        writer.Write($"{payload.Type.Name} value = {creation};");
        foreach (MemberModel member in assigned)
        {
            using (writer.Braces($"if ({arrival.Arrived(member)})"))
            {
                writer.Write($"value.{NameRules.Escape(member.Name)} = {member.Local};");
            }

            writer.Line();
        }

        writer.Write("return value;");
    }

    // An init-only member must be in the one initializer, so what it would have been without it is asked of an object made without it.
    private static void EmitUnset(SourceWriter writer, ObjectPayload payload, List<MemberModel> initialized, IArrival arrival)
    {
        using (writer.Braces($"if ({arrival.AnyMissing(initialized)})"))
        {
            writer.Write("// What the sender did not know of keeps the value that the type itself gives it.");
            writer.Write($"{payload.Type.Name} unset = {Creation(payload, MemberRestore.Required)};");
            foreach (MemberModel member in initialized)
            {
                writer.Write($"{member.Local} = {arrival.Arrived(member)} ? {member.Local} : unset.{NameRules.Escape(member.Name)};");
            }
        }

        writer.Line();
    }

    private static string Creation(ObjectPayload payload, params MemberRestore[] initialize)
    {
        string arguments = string.Join(", ", payload.Constructor.Select(argument =>
            payload.NamesArguments ? $"{NameRules.Escape(argument.Parameter)}: {argument.Local}" : argument.Local));
        List<string> initializers =
        [
            .. payload.UnsentRequired.Select(name => $"{NameRules.Escape(name)} = default!"),
            .. payload.Members.Where(member => initialize.Contains(member.Restore)).Select(member => $"{NameRules.Escape(member.Name)} = {member.Local}"),
        ];
        return initializers.Count == 0 ? $"new {payload.Type.Name}({arguments})"
            : arguments.Length == 0 ? $"new {payload.Type.Name} {{ {string.Join(", ", initializers)} }}"
            : $"new {payload.Type.Name}({arguments}) {{ {string.Join(", ", initializers)} }}";
    }
}
