using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.MessagePack;

/// <summary>The kind of a MessagePack value (https://github.com/msgpack/msgpack/blob/master/spec.md#type-system).</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the specification's own words.")]
public enum MessagePackType : byte
{
    /// <summary>The byte 0xc1, which the specification never uses.</summary>
    Invalid,

    /// <summary>Nothing.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A signed or unsigned integer of up to 64 bits.</summary>
    Integer,

    /// <summary>A floating point number of 32 or 64 bits.</summary>
    Float,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A sequence of values.</summary>
    Array,

    /// <summary>Pairs of key and value.</summary>
    Map,

    /// <summary>Bytes with a type of their own, for example a timestamp.</summary>
    Extension,
}
