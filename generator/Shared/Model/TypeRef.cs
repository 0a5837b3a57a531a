namespace TypedTasks.Shared.Model;

/// <summary>A type as emitted code names it. Stands for a symbol in the models, so that no symbol outlives the compilation it came from.</summary>
/// <param name="Name">The name with <c>global::</c>, keywords escaped and nullable annotations written, the outermost one included.</param>
/// <param name="IsValueType">Whether it is a value type.</param>
/// <param name="RefusesNil">Whether it is a reference type annotated as not null, so that a nil that arrives for it is an error.</param>
internal sealed record TypeRef(string Name, bool IsValueType, bool RefusesNil)
{
    /// <summary>The name without the outermost annotation of a reference type: what follows <c>new</c> or <c>typeof</c>, or closes a generic codec.</summary>
    public string Bare => !IsValueType && Name.EndsWith("?", StringComparison.Ordinal) ? Name.Substring(0, Name.Length - 1) : Name;
}

/// <summary>A type that travels and the codec that carries it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Codec">The codec's full name, closed over the codecs of its parts: <c>global::TypedTasks.MessagePack.ListCodec&lt;…&gt;</c>.</param>
internal sealed record PayloadRef(TypeRef Type, string Codec);
