using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT3xx: what travels, and how.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor PayloadNotSerializable = Create(
        RuleIds.PayloadNotSerializable,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Payload not serializable",
        "{0}",
        "A payload is made again from its members on the other side, so each of them needs a place on the wire and a way back in.");

    public static readonly DiagnosticDescriptor TypeCannotTravel = Create(
        RuleIds.TypeCannotTravel,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Type cannot travel",
        "{0} has no codec; send the data that the worker needs of it, in types that travel, or where the worker finds it",
        "Streams, delegates, services, tasks and object itself mean something in one process only. Send the data, or a key by which the worker finds it.");

    public static readonly DiagnosticDescriptor OpenPolymorphism = Create(
        RuleIds.OpenPolymorphism,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Open polymorphism",
        "{0} is abstract, and nothing says which types it may be; close it by [Union(0, typeof(…))] for each of them",
        "A worker makes only types that the contract names; bytes from the wire never choose one.");

    public static readonly DiagnosticDescriptor UnionInvalid = Create(
        RuleIds.UnionInvalid,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Union invalid",
        "{0} names a tag or a type twice, or a type that it cannot be",
        "Each tag stands for one concrete type of the hierarchy.");

    public static readonly DiagnosticDescriptor KeyCollision = Create(
        RuleIds.KeyCollision,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Key collision",
        "The key of {0} is taken by another member, negative, too large, or of another kind than the others",
        "Each member of a payload has its own place: all of them numbers from 0 to 4096, or all of them names.");

    public static readonly DiagnosticDescriptor PayloadHidden = Create(
        RuleIds.PayloadHidden,
        Categories.Serialization,
        DiagnosticSeverity.Error,
        "Type hidden from generated code",
        "{0} is hidden from generated code; make it internal or public",
        "Codecs are generated into the contract's assembly, outside the types around the payload.");

    public static readonly DiagnosticDescriptor MemberLost = Create(
        RuleIds.MemberLost,
        Categories.Serialization,
        DiagnosticSeverity.Warning,
        "Member silently lost",
        "'{0}' of the payload '{1}' does not get to the worker: {2}",
        "A member that cannot be set again, or that another one of its name hides, arrives with its default value.");

    public static readonly DiagnosticDescriptor EntityAsPayload = Create(
        RuleIds.EntityAsPayload,
        Categories.Serialization,
        DiagnosticSeverity.Warning,
        "Entity as payload",
        "'{0}' is an entity of {1}; send its key, and load it in the handler",
        "An entity in a message is a copy of what the database said when the task was enqueued, and is stale when the handler saves it.");

    public static readonly DiagnosticDescriptor AmbiguousTime = Create(
        RuleIds.AmbiguousTime,
        Categories.Serialization,
        DiagnosticSeverity.Info,
        "Ambiguous time",
        "'{0}' is a DateTime, whose kind does not travel; it arrives as UTC; prefer DateTimeOffset",
        "A timestamp on the wire is a moment in UTC. A local or unspecified DateTime arrives as another kind than it was.");

    public static readonly DiagnosticDescriptor SparseKeys = Create(
        RuleIds.SparseKeys,
        Categories.Serialization,
        DiagnosticSeverity.Info,
        "Sparse keys",
        "'{0}' has the key {1}, and '{2}' has {3} members: every object is sent with a nil for each number between; number them without gaps",
        "A type with numbers for keys travels as an array as long as its greatest number.");

    public static readonly DiagnosticDescriptor UnionIncomplete = Create(
        RuleIds.UnionIncomplete,
        Categories.Serialization,
        DiagnosticSeverity.Warning,
        "Union incomplete",
        "'{0}' derives from '{1}', whose [Union] attributes do not name it; enqueueing one throws",
        "A closed hierarchy travels by tags. A type without one cannot be sent.");
}
