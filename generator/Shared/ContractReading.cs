using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>
/// What a reading of a contract came to: a model, or what is wrong with it.
/// </summary>
/// <remarks>
/// Source and diagnostics travel separately. The generator keeps the model and drops the problems at once; the analyzers report the problems, at real
/// locations, so that <c>#pragma</c> and code fixes work on them. Nothing but the model may enter the generator's pipeline.
/// </remarks>
/// <param name="Model">The contract, or null where it has problems.</param>
/// <param name="Problems">Why there is no model; each of them alone is reason enough.</param>
/// <param name="Tasks">The tasks that could be read, which may be some of a contract that has problems elsewhere: what is to be said of these need not wait.</param>
/// <param name="Payloads">The types that they send.</param>
internal sealed record ContractReading(ContractModel? Model, ImmutableArray<ContractProblem> Problems, ImmutableArray<TaskModel> Tasks, EquatableArray<PayloadModel> Payloads);

/// <summary>Something that keeps a contract from being generated.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Symbol">What it is wrong with: the contract, a method, a parameter, a payload's member.</param>
/// <param name="Location">Where to report it: in this compilation, or none.</param>
/// <param name="Detail">The name, value or member path that a message quotes.</param>
internal sealed record ContractProblem(ContractProblemKind Kind, ISymbol Symbol, Location? Location, string Detail);

/// <summary>What can be wrong with a contract.</summary>
internal enum ContractProblemKind
{
    /// <summary>The contract is not an interface.</summary>
    ContractNotInterface,

    /// <summary>The contract, or a type around it, is generic.</summary>
    ContractGeneric,

    /// <summary>The contract is hidden from generated code: private, protected or file-local.</summary>
    ContractInaccessible,

    /// <summary>A type that would be generated for the contract has the name of one that exists.</summary>
    GeneratedNameTaken,

    /// <summary>The contract's wire name is not one.</summary>
    ContractNameInvalid,

    /// <summary>An inherited interface has members and is no contract.</summary>
    BaseNotContract,

    /// <summary>Two inherited or own methods have one signature, so that a call could mean either route.</summary>
    SignatureAmbiguous,

    /// <summary>A member that is neither a task nor a helper with a default implementation.</summary>
    MemberNotTask,

    /// <summary>A task method has type parameters.</summary>
    TaskGeneric,

    /// <summary>A task method has a body, or is static.</summary>
    TaskNotAbstract,

    /// <summary>A task returns something other than Task, Task&lt;T&gt;, ValueTask or ValueTask&lt;T&gt;.</summary>
    ReturnUnsupported,

    /// <summary>A task's wire name is not one.</summary>
    TaskNameInvalid,

    /// <summary>Two tasks of the contract have one wire name.</summary>
    TaskNameDuplicate,

    /// <summary>A parameter is by reference, <c>params</c>, a pointer or a ref struct.</summary>
    ParameterUnsupported,

    /// <summary>A CancellationToken or TaskContext is not trailing, or there are two.</summary>
    TrailingParameterMisplaced,

    /// <summary>A queue's name is not one.</summary>
    QueueNameInvalid,

    /// <summary>An attempt count below 1.</summary>
    AttemptsInvalid,

    /// <summary>A duration that cannot be read, is zero where that makes no sense, or a range whose least exceeds its most.</summary>
    DurationInvalid,

    /// <summary>A type in RetryOn or DoNotRetryOn is no accessible exception.</summary>
    ExceptionTypeInvalid,

    /// <summary>A [Schedule] with a cron expression and an interval, or with neither.</summary>
    ScheduleTimesInvalid,

    /// <summary>A cron expression that cannot be read, or never occurs.</summary>
    ScheduleCronInvalid,

    /// <summary>The interval of a schedule cannot be read, is too short or too long, or has a part of a millisecond.</summary>
    ScheduleIntervalInvalid,

    /// <summary>The time zone of a schedule is empty, or stands beside an interval.</summary>
    ScheduleZoneInvalid,

    /// <summary>A value of MissedRuns that there is not.</summary>
    ScheduleMissedInvalid,

    /// <summary>A parameter without a default, of a task that is enqueued without arguments.</summary>
    ScheduleParameterRequired,

    /// <summary>A key template with unbalanced braces or no placeholder.</summary>
    KeyTemplateInvalid,

    /// <summary>A key template names a parameter or member that does not exist.</summary>
    KeyPathUnknown,

    /// <summary>A part of a key has a type without an invariant text form.</summary>
    KeyTypeUnsupported,

    /// <summary>A type that cannot travel at all: object, delegates, streams, unknown interfaces.</summary>
    PayloadUnsupported,

    /// <summary>A payload type, or a type within it, is hidden from generated code.</summary>
    PayloadInaccessible,

    /// <summary>An abstract class or interface without <c>[Union]</c> attributes that close it.</summary>
    PayloadOpen,

    /// <summary>No constructor can be called with the members of a payload type.</summary>
    PayloadConstructor,

    /// <summary>A class that derives from one of the framework's collections, or is a collection and has no member that travels: its items would be lost.</summary>
    PayloadCollection,

    /// <summary>A member of a [MessagePackObject] has no [Key].</summary>
    PayloadKeyMissing,

    /// <summary>Two members have one key, a key is negative or too large, or kinds of keys are mixed.</summary>
    PayloadKeyInvalid,

    /// <summary>An unannotated type has its members in several files, whose order would decide the keys.</summary>
    PayloadOrderAmbiguous,

    /// <summary>A union names a type twice, a tag twice, or a type that it cannot be.</summary>
    UnionInvalid,
}
