using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedTasks.Shared;

/// <summary>
/// What the generated codec of a type is called. A function of the type alone, so that two contracts that send one type name one codec without knowing of each other.
/// </summary>
/// <param name="Namespace"><c>TypedTasks.Generated</c>, then the type's own namespace and containing types.</param>
/// <param name="Name"><c>OrderCodec</c>; a closed generic type is <c>PageOfOrder_</c> and a hash of its full name.</param>
/// <param name="HintName">What the file is named after.</param>
internal readonly record struct CodecName(string Namespace, string Name, string HintName)
{
    /// <summary>Where generated codecs live, apart from the user's own names.</summary>
    public const string Root = "TypedTasks.Generated";

    public static CodecName Of(INamedTypeSymbol type)
    {
        StringBuilder container = new(Root);
        string own = SymbolNames.NamespaceOf(type);
        if (own.Length > 0)
        {
            container.Append('.').Append(own);
        }

        AppendContainers(container, type.ContainingType);
        string name = type.Name;
        string hint = type.DottedName();
        if (IsClosedGeneric(type))
        {
            // The hash keeps Page<Shop.Order> and Page<Archive.Order> apart, and Page<string> from Page<string?>.
            name = $"{Spell(type)}_{Hash(type.ToTypeRef().Name)}";
            hint = hint.Replace('<', '(').Replace('>', ')').Replace(" ", "").Replace('?', '_').Replace('*', '_');
        }

        return new CodecName(container.ToString(), name + "Codec", hint);
    }

    /// <summary>The codec of a list or array, beside its element's: <c>ListOfLine_</c> or <c>ArrayOfLine_</c> and the hash.</summary>
    public static CodecName OfSequence(ITypeSymbol sequence, INamedTypeSymbol element)
    {
        CodecName beside = Of(element);
        string name = $"{Spell(sequence)}_{Hash(sequence.ToBareTypeRef().Name)}";
        return beside with { Name = name + "Codec", HintName = $"{beside.HintName}.{name}" };
    }

    private static void AppendContainers(StringBuilder text, INamedTypeSymbol? type)
    {
        if (type is not null)
        {
            AppendContainers(text, type.ContainingType);
            text.Append('.').Append(type.Name).Append("Types");
        }
    }

    private static bool IsClosedGeneric(INamedTypeSymbol? type) =>
        type is not null && (type.TypeArguments.Length > 0 || IsClosedGeneric(type.ContainingType));

    private static string Spell(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"ArrayOf{Spell(array.ElementType)}",
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => $"{generic.Name}Of{string.Join("And", generic.TypeArguments.Select(Spell))}",
        _ => type.Name,
    };

    // FNV-1a, 32 bits: the same on every machine, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
