using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>
/// Finds the codec of every type that a contract sends: the runtime's own codecs composed where they fit, a generated one for each user's type.
/// </summary>
/// <remarks>One reader a contract. A type is entered before its members are read, which is what ends recursion.</remarks>
internal sealed partial class PayloadReader(Compilation compilation, ProblemList problems, CancellationToken cancellationToken)
{
    // A generic type that holds itself over a larger argument (Node<Node<T>>) would need codecs without end.
    private const int MaxGenericDepth = 16;

    private readonly Dictionary<string, string> _codecs = new(StringComparer.Ordinal);
    private readonly Dictionary<ITypeSymbol, TypeRef> _types = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<ITypeSymbol, PayloadRef> _read = new(SymbolEqualityComparer.IncludeNullability);
    private readonly SortedDictionary<string, PayloadModel> _payloads = new(StringComparer.Ordinal);

    /// <summary>The types that need a generated codec, ordered by the codec's name.</summary>
    public EquatableArray<PayloadModel> Payloads => _payloads.Values.ToEquatableArray();

    /// <summary>The type and its codec, or null when it cannot travel, which is then among the problems.</summary>
    /// <param name="type">The type.</param>
    /// <param name="origin">The parameter, method or member that brings it, to report at.</param>
    /// <param name="path">How messages call the place: <c>order.Lines</c>.</param>
    public PayloadRef? Read(ITypeSymbol type, ISymbol origin, string path)
    {
        // The tasks of a contract take the same few types. One that cannot travel is told at each place.
        if (_read.TryGetValue(type, out PayloadRef? known))
        {
            return known;
        }

        return CodecOf(type, new Origin(origin, path, origin)) is { } codec ? _read[type] = new PayloadRef(TypeOf(type), codec) : null;
    }

    /// <summary>How emitted code names a type of the contract.</summary>
    public TypeRef TypeOf(ITypeSymbol type) => _types.TryGetValue(type, out TypeRef? known) ? known : _types[type] = type.ToTypeRef();

    private string? CodecOf(ITypeSymbol type, Origin origin)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is IErrorTypeSymbol or IDynamicTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol or ITypeParameterSymbol ||
            type.IsRefLikeType || type.SpecialType is SpecialType.System_Object or SpecialType.System_Void)
        {
            return Unsupported(type, origin);
        }

        if ((KnownCodecs.OfSimple(type) ?? KnownCodecs.OfBytes(type)) is { } simple)
        {
            return KnownCodecs.Namespace + simple;
        }

        return type switch
        {
            _ when SequenceElement(type) is { } element => SequenceCodec(type, element, origin),
            IArrayTypeSymbol array => ArrayCodec(array, origin),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration => EnumCodec(enumeration, origin),
            INamedTypeSymbol { IsGenericType: true } generic when KnownCodecs.OfGeneric(generic) is { } codec => Close(codec, generic, origin),
            INamedTypeSymbol { IsTupleType: true } tuple when KnownCodecs.OfGeneric(tuple.TupleUnderlyingType ?? tuple) is { } codec =>
                Close(codec, tuple.TupleUnderlyingType ?? tuple, origin),
            INamedTypeSymbol named => UserCodec(named, origin),
            _ => Unsupported(type, origin),
        };
    }

    private string? ArrayCodec(IArrayTypeSymbol array, Origin origin) =>
        KnownCodecs.OfArrayRank(array.Rank) is not { } codec ? Unsupported(array, origin)
        : ElementCodecOf(array.ElementType, origin) is { } element ? KnownCodecs.Closed(codec, [array.ElementType.ToTypeRef().Name], [element])
        : null;

    /// <summary>The codec of a type argument: as <see cref="CodecOf"/>, and refusing nil where the annotation does.</summary>
    private string? ElementCodecOf(ITypeSymbol type, Origin origin) =>
        CodecOf(type, origin) is not { } codec ? null
        : type.ToTypeRef() is { RefusesNil: true } element ? KnownCodecs.Closed("NotNullCodec", [element.Name], [codec])
        : codec;

    private string? EnumCodec(INamedTypeSymbol type, Origin origin) =>
        IsAccessible(type, origin) ? KnownCodecs.OfEnum(type) : null;

    private string? Close(string codec, INamedTypeSymbol type, Origin origin)
    {
        if (GenericDepth(type) > MaxGenericDepth)
        {
            return Unsupported(type, origin);
        }

        List<string> arguments = [];
        List<string> codecs = [];
        foreach (ITypeSymbol argument in AnnotatedName.ArgumentsOf(type))
        {
            if (ElementCodecOf(argument, origin) is not { } argumentCodec)
            {
                return null;
            }

            arguments.Add(argument.ToTypeRef().Name);
            codecs.Add(argumentCodec);
        }

        return KnownCodecs.Closed(codec, arguments, codecs);
    }

    private string? UserCodec(INamedTypeSymbol type, Origin origin)
    {
        INamedTypeSymbol bare = type.IsValueType ? type : (INamedTypeSymbol)type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        TypeRef reference = bare.ToTypeRef();
        if (_codecs.TryGetValue(reference.Name, out string? known))
        {
            return known;
        }

        // A type whose namespace is the framework's and which is not in the table is a service, a stream or a handle, not data.
        if (bare.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || bare.IsStatic || IsFrameworkType(bare) ||
            GenericDepth(bare) > MaxGenericDepth)
        {
            return Unsupported(type, origin);
        }

        if (!IsAccessible(bare, origin))
        {
            return null;
        }

        if (FrameworkCollection(bare) is { } collection)
        {
            Report(ContractProblemKind.PayloadCollection, origin, $"{origin.Path}: {type.ToDisplayString()} derives from {collection.ToDisplayString()}");
            return null;
        }

        CodecName name = CodecName.Of(bare);
        string codec = $"global::{name.Namespace}.{name.Name}";
        _codecs.Add(reference.Name, codec);
        PayloadModel? payload = bare.IsAbstract ? ReadUnion(bare, name, origin) : ReadObject(bare, name, origin);
        if (payload is null)
        {
            return null;
        }

        _payloads[codec] = payload;
        return codec;
    }

    private string? Unsupported(ITypeSymbol type, Origin origin)
    {
        Report(ContractProblemKind.PayloadUnsupported, origin, $"{origin.Path}: {type.ToDisplayString()}");
        return null;
    }

    private bool IsAccessible(INamedTypeSymbol type, Origin origin)
    {
        if (type.EffectiveAccessibility() != Accessibility.Private && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
        {
            return true;
        }

        Report(ContractProblemKind.PayloadInaccessible, origin, $"{origin.Path}: {type.ToDisplayString()}");
        return false;
    }

    private static bool IsFrameworkType(INamedTypeSymbol type) =>
        type.RootNamespace() is "System" or "Microsoft" && !type.Locations.Any(location => location.IsInSource);

    /// <summary>The framework's collection that a user's class derives from, or null.</summary>
    private static INamedTypeSymbol? FrameworkCollection(INamedTypeSymbol type)
    {
        INamedTypeSymbol? current = type.BaseType;
        while (current is not null && !IsFrameworkType(current))
        {
            current = current.BaseType;
        }

        return current is not null && IsSequence(current) ? current : null;
    }

    private static bool IsSequence(INamedTypeSymbol type) => type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static int GenericDepth(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } => 1 + arguments.Max(GenericDepth),
        IArrayTypeSymbol array => 1 + GenericDepth(array.ElementType),
        _ => 0,
    };

    private void Report(ContractProblemKind kind, Origin origin, string detail) => problems.Add(kind, origin.Symbol, detail, origin.Place);

    /// <summary>What brings a type into a contract.</summary>
    /// <param name="Symbol">The parameter, method or member.</param>
    /// <param name="Path">How messages call the place: <c>order.Lines</c>.</param>
    /// <param name="Root">The parameter or method that it began with, whose place stands for that of a member of another assembly.</param>
    private readonly record struct Origin(ISymbol Symbol, string Path, ISymbol Root)
    {
        public Location? Place => Symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Root.Locations.FirstOrDefault();

        public Origin Member(ISymbol member) => new(member, $"{Path}.{member.Name}", Root);

        /// <summary>The same place, to say something of another symbol than the one that brings the type.</summary>
        public Origin About(ISymbol symbol) => new(symbol, Path, Root);
    }
}
