namespace TypedTasks.Shared.Model;

/// <summary>A type that needs a codec of its own.</summary>
/// <param name="Type">The type, without an outermost annotation.</param>
/// <param name="DisplayName">How errors and comments name it: <c>Order</c>.</param>
/// <param name="CodecNamespace">The codec's namespace.</param>
/// <param name="CodecName">The codec's name.</param>
/// <param name="HintName">What its file is named after: <c>Shop.Order</c>.</param>
internal abstract record PayloadModel(TypeRef Type, string DisplayName, string CodecNamespace, string CodecName, string HintName);

/// <summary>A record, class or struct that travels as an array or a map of its members.</summary>
internal sealed record ObjectPayload(TypeRef Type, string DisplayName, string CodecNamespace, string CodecName, string HintName)
    : PayloadModel(Type, DisplayName, CodecNamespace, CodecName, HintName)
{
    /// <summary>Whether it travels as a map by name rather than an array by number.</summary>
    public required bool IsMap { get; init; }

    /// <summary>The members that travel, in wire order.</summary>
    public required EquatableArray<MemberModel> Members { get; init; }

    /// <summary>The constructor's arguments, in parameter order.</summary>
    public required EquatableArray<ConstructorArgument> Constructor { get; init; }

    /// <summary>Whether optional parameters are left out, so that the arguments need their parameters' names.</summary>
    public required bool NamesArguments { get; init; }

    /// <summary>Required members that do not travel and must be set all the same.</summary>
    public required EquatableArray<string> UnsentRequired { get; init; }

    /// <summary>The members that are read, in wire order.</summary>
    public IEnumerable<MemberModel> Restored => Members.Where(member => member.Restore != MemberRestore.None);

    /// <summary>Whether the object can be made first and its members read straight into it.</summary>
    public bool IsMutable => Constructor.Count == 0 && UnsentRequired.Count == 0 && Restored.All(member => member.Restore == MemberRestore.Setter);

    /// <summary>Whether a member's codec calls others: then depth is counted, which is what ends a chain of objects.</summary>
    public bool IsNested => Members.Any(member => member.Payload.Codec.Contains('<') || !member.Payload.Codec.StartsWith(KnownCodecs.Namespace, StringComparison.Ordinal));
}

/// <summary>An interface or abstract class whose <c>[Union]</c> attributes name every type that it may be.</summary>
internal sealed record UnionPayload(TypeRef Type, string DisplayName, string CodecNamespace, string CodecName, string HintName)
    : PayloadModel(Type, DisplayName, CodecNamespace, CodecName, HintName)
{
    /// <summary>The cases, by tag.</summary>
    public required EquatableArray<UnionCase> Cases { get; init; }
}

/// <summary>A list or array of a user's reference type, whose codec is spelled out because generic code over reference types is shared.</summary>
internal sealed record SequencePayload(TypeRef Type, string DisplayName, string CodecNamespace, string CodecName, string HintName)
    : PayloadModel(Type, DisplayName, CodecNamespace, CodecName, HintName)
{
    /// <summary>Whether it is an array rather than a list.</summary>
    public required bool IsArray { get; init; }

    /// <summary>The elements' type and codec.</summary>
    public required PayloadRef Element { get; init; }
}

/// <summary>One type that a union may be.</summary>
/// <param name="Tag">Its number on the wire.</param>
/// <param name="Payload">The type.</param>
/// <param name="IsSealed">Whether nothing can derive from it, so that matching the type is matching it exactly.</param>
/// <param name="Depth">How many base types it has: the more derived are matched first.</param>
internal sealed record UnionCase(int Tag, PayloadRef Payload, bool IsSealed, int Depth);

/// <summary>A member that travels.</summary>
/// <param name="Name">The property or field, unescaped.</param>
/// <param name="Local">A local variable for it, escaped, unique in the codec.</param>
/// <param name="Key">Its place in an array; its place in declaration order in a map.</param>
/// <param name="MapKey">Its name in a map.</param>
/// <param name="Payload">Its type and codec.</param>
/// <param name="Restore">How a read value gets back into the object.</param>
/// <param name="Default">What it is when the sender did not know it, for a constructor's optional parameter; null otherwise.</param>
internal sealed record MemberModel(string Name, string Local, int Key, string MapKey, PayloadRef Payload, MemberRestore Restore, string? Default);

/// <summary>How a member's value gets back into the object.</summary>
internal enum MemberRestore
{
    /// <summary>Through the constructor.</summary>
    Constructor,

    /// <summary>Through the object initializer, which the compiler demands.</summary>
    Required,

    /// <summary>Through the object initializer, because it is init-only; where the sender did not know it, it keeps what the type itself gives it.</summary>
    Initializer,

    /// <summary>By assignment; where the sender did not know it, it keeps what the type itself gives it.</summary>
    Setter,

    /// <summary>Not at all: a computed member that is sent for others to read.</summary>
    None,
}

/// <summary>A constructor's parameter and the local that fills it.</summary>
internal sealed record ConstructorArgument(string Parameter, string Local);
