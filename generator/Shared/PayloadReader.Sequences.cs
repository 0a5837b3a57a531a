using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <content>
/// Lists and arrays of the user's own classes. Over reference types the runtime's generic codecs share one machine code, which calls each element's codec
/// through a lookup; spelled out, the loop calls it directly.
/// </content>
internal sealed partial class PayloadReader
{
    /// <summary>The element of a list or array of a user's reference type, or null for anything else.</summary>
    private static INamedTypeSymbol? SequenceElement(ITypeSymbol type) =>
        type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { MetadataName: "List`1", TypeArguments: [var element] } list when KnownCodecs.OfGeneric(list) is not null => element,
            _ => null,
        } is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None } user && !IsFrameworkType(user) ? user : null;

    private string? SequenceCodec(ITypeSymbol type, INamedTypeSymbol element, Origin origin)
    {
        if (CodecOf(element, origin) is not { } elementCodec)
        {
            return null;
        }

        CodecName name = CodecName.OfSequence(type, element);
        string codec = $"global::{name.Namespace}.{name.Name}";
        _payloads[codec] = new SequencePayload(type.ToBareTypeRef(), element.Name, name.Namespace, name.Name, name.HintName)
        {
            IsArray = type is IArrayTypeSymbol,
            Element = new PayloadRef(element.ToTypeRef(), elementCodec),
        };
        return codec;
    }
}
