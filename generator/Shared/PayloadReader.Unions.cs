using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <content>Closed hierarchies: an interface or abstract class and the types that its [Union] attributes name.</content>
internal sealed partial class PayloadReader
{
    private UnionPayload? ReadUnion(INamedTypeSymbol type, CodecName name, Origin origin)
    {
        List<UnionCase> cases = [];
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is not { } attributeType || !attributeType.IsNamed(KnownSymbols.UnionAttribute))
            {
                continue;
            }

            if (attribute.ConstructorArguments is not [{ Value: int tag }, { Value: INamedTypeSymbol { IsAbstract: false, IsUnboundGenericType: false } derived }] ||
                !compilation.ClassifyConversion(derived, type).IsImplicit ||
                cases.Exists(other => other.Tag == tag || other.Payload.Type.Name == derived.ToBareTypeRef().Name))
            {
                Report(ContractProblemKind.UnionInvalid, origin.About(type), $"{origin.Path}: {type.ToDisplayString()}");
                return null;
            }

            if (CodecOf(derived, origin) is not { } codec)
            {
                return null;
            }

            cases.Add(new UnionCase(tag, new PayloadRef(derived.ToBareTypeRef(), codec), derived.IsSealed || derived.IsValueType, Depth(derived)));
        }

        if (cases.Count == 0)
        {
            Report(ContractProblemKind.PayloadOpen, origin, $"{origin.Path}: {type.ToDisplayString()}");
            return null;
        }

        return new UnionPayload(type.ToBareTypeRef(), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), name.Namespace, name.Name, name.HintName)
        {
            Cases = cases.OrderBy(unionCase => unionCase.Tag).ToEquatableArray(),
        };
    }

    private static int Depth(INamedTypeSymbol type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
