using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>An element of an array that is read into a local.</summary>
/// <param name="Key">Its place.</param>
/// <param name="Local">The local, escaped.</param>
/// <param name="Payload">Its type and codec.</param>
/// <param name="Path">How exceptions name it: <c>Order.Lines</c>.</param>
/// <param name="Default">What it is when it is missing, or null for the type's own default, which a type that refuses nil has not.</param>
internal sealed record ArrayElement(int Key, string Local, PayloadRef Payload, string Path, string? Default)
{
    /// <summary>Whether there is nothing that it could be when it is missing.</summary>
    public bool MustArrive => Default is null && Payload.Type.RefusesNil;
}

/// <summary>Reads the elements of an array: arguments and objects alike. Missing trailing ones take their defaults, a gap between keys is skipped.</summary>
internal static class ArrayElements
{
    public static void EmitRead(SourceWriter writer, IReadOnlyList<ArrayElement> elements)
    {
        List<ArrayElement> obligatory = [.. elements.Where(element => element.MustArrive)];
        int least = obligatory.Count == 0 ? 0 : obligatory.Max(element => element.Key) + 1;
        EmitCheck(writer, obligatory, least);
        int next = 0;
        foreach (ArrayElement element in elements)
        {
            EmitGap(writer, next, element.Key);
            next = element.Key + 1;
            string read = Expression(element.Payload, element.Path);
            string value = element.Key < least ? read : $"count > {Literals.Number(element.Key)} ? {read} : {element.Default ?? "default"}";
            writer.Write($"{element.Payload.Type.Name} {element.Local} = {value};");
        }
    }

    /// <summary>Skips the numbers from <paramref name="next"/> to before <paramref name="key"/>, which no member has.</summary>
    public static void EmitGap(SourceWriter writer, int next, int key)
    {
        if (key > next)
        {
            writer.Write($"reader.SkipRemaining(global::System.Math.Min(count - {Literals.Number(next)}, {Literals.Number(key - next)}));");
        }
    }

    /// <summary>The expression that reads a value, and refuses nil where the type does.</summary>
    public static string Expression(PayloadRef payload, string path)
    {
        string read = $"{payload.Codec}.Read(ref reader)";
        return payload.Type.RefusesNil ? $"{ContractNames.MessagePack}Payload.NotNull({read}, {Literals.Text(path)})" : read;
    }

    /// <summary>
    /// The expression that writes a member, and refuses null where the reader would: the producer's stack says who made the object, the worker's does not.
    /// What is never restored is not read either.
    /// </summary>
    public static string Write(ObjectPayload payload, MemberModel member)
    {
        string value = $"value.{NameRules.Escape(member.Name)}";
        bool isChecked = member.Payload.Type.RefusesNil && member.Restore != MemberRestore.None;
        return $"{member.Payload.Codec}.Write(ref writer, {(isChecked ? $"{ContractNames.MessagePack}Payload.NotNull({value}, {Literals.Text($"{payload.DisplayName}.{member.Name}")})" : value)});";
    }

    private static void EmitCheck(SourceWriter writer, List<ArrayElement> obligatory, int least)
    {
        if (least == 0)
        {
            return;
        }

        using (writer.Braces($"if (count < {Literals.Number(least)})"))
        {
            if (obligatory.Count == 1)
            {
                writer.Write($"{ContractNames.MessagePack}Payload.ThrowMissing({Literals.Text(obligatory[0].Path)});");
            }
            else
            {
                EmitFirstMissing(writer, obligatory);
            }
        }

        writer.Line();
    }

    private static void EmitFirstMissing(SourceWriter writer, List<ArrayElement> obligatory)
    {
        using (writer.Braces($"{ContractNames.MessagePack}Payload.ThrowMissing(count switch", ");"))
        {
            for (int i = 0; i < obligatory.Count; i++)
            {
                string pattern = i == obligatory.Count - 1 ? "_" : $"< {Literals.Number(obligatory[i].Key + 1)}";
                writer.Write($"{pattern} => {Literals.Text(obligatory[i].Path)},");
            }
        }
    }
}
