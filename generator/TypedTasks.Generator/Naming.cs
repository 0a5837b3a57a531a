using System.Collections.Immutable;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator;

/// <summary>A contract and the names that are its own in this assembly.</summary>
internal sealed record NamedContract(ContractModel Model, string HintName);

/// <summary>A payload type and the file that its codec goes into.</summary>
internal sealed record NamedPayload(PayloadModel Model, string HintName);

/// <summary>A type marked with <c>[TaskPayload]</c>, and what needs a codec for it.</summary>
internal sealed record MarkedPayload(PayloadRef Payload, EquatableArray<PayloadModel> Payloads);

/// <summary>A type whose codec is announced, for where it is named at run time only.</summary>
/// <param name="Type">The type as the codec's interface names it: a reference type with its annotation.</param>
/// <param name="Codec">The codec's full name.</param>
internal sealed record AnnouncedPayload(string Type, string Codec)
{
    public static AnnouncedPayload Of(TypeRef type, string codec) => new(type.IsValueType ? type.Name : $"{type.Bare}?", codec);
}

/// <summary>What the assembly as a whole announces.</summary>
internal sealed record AssemblyModel(
    EquatableArray<NamedContract> Contracts,
    EquatableArray<QueueModel> Queues,
    EquatableArray<HandlerModel> Handlers,
    EquatableArray<AnnouncedPayload> Payloads)
{
    public bool IsEmpty => Contracts.Count == 0 && Queues.Count == 0 && Handlers.Count == 0 && Payloads.Count == 0;
}

/// <summary>
/// The pipeline's middle steps: one of each thing, in ordinal order whatever the order of files, under names that do not collide.
/// </summary>
internal static class Naming
{
    private const int MaxHintLength = 120;

    public static IEnumerable<NamedContract> Contracts(ImmutableArray<ContractModel> contracts, CancellationToken cancellationToken)
    {
        HashSet<string> types = new(StringComparer.Ordinal);
        HashSet<string> hints = new(StringComparer.OrdinalIgnoreCase);
        foreach (ContractModel contract in contracts.Distinct().OrderBy(contract => contract.Type.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // IJobs and Jobs, or Outer.IJobs and IOuterJobs, would both be called Jobs.
            string baseName = contract.BaseName;
            for (int i = 2; !types.Add($"{contract.Namespace}.{baseName}"); i++)
            {
                baseName = contract.BaseName + Literals.Number(i);
            }

            yield return new NamedContract(contract with { BaseName = baseName }, Hint(Undotted(contract.Type.Name), hints));
        }
    }

    public static IEnumerable<NamedPayload> Payloads((ImmutableArray<ContractModel> Contracts, ImmutableArray<MarkedPayload> Marked) parts, CancellationToken cancellationToken)
    {
        HashSet<string> hints = new(StringComparer.OrdinalIgnoreCase);
        string? last = null;
        IEnumerable<PayloadModel> payloads = parts.Contracts
            .OrderBy(contract => contract.Type.Name, StringComparer.Ordinal)
            .SelectMany(contract => contract.Payloads)
            .Concat(parts.Marked.SelectMany(marked => marked.Payloads))
            .OrderBy(CodecOf, StringComparer.Ordinal);
        foreach (PayloadModel payload in payloads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CodecOf(payload) != last)
            {
                last = CodecOf(payload);
                yield return new NamedPayload(payload, Hint(payload.HintName, hints));
            }
        }
    }

    public static AssemblyModel Assembly(
        (((ImmutableArray<NamedContract> Contracts, ImmutableArray<QueueModel> Queues) Declared, ImmutableArray<HandlerModel> Handlers) Code,
            (ImmutableArray<NamedPayload> Codecs, ImmutableArray<MarkedPayload> Marked) Payloads) parts,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new AssemblyModel(
            parts.Code.Declared.Contracts.ToEquatableArray(),
            parts.Code.Declared.Queues.Distinct().OrderBy(queue => queue.Name, StringComparer.Ordinal).ThenBy(queue => queue.ToString(), StringComparer.Ordinal).ToEquatableArray(),
            parts.Code.Handlers.Distinct().OrderBy(handler => handler.Type, StringComparer.Ordinal).ToEquatableArray(),
            Announced(parts.Code.Declared.Contracts, parts.Payloads.Codecs, parts.Payloads.Marked).ToEquatableArray());
    }

    /// <summary>
    /// Every user's type that travels, the enums of contracts, and what is marked. Lists are not: two of one type may differ in whether they refuse nil.
    /// </summary>
    private static IEnumerable<AnnouncedPayload> Announced(ImmutableArray<NamedContract> contracts, ImmutableArray<NamedPayload> codecs, ImmutableArray<MarkedPayload> marked) =>
        codecs.Where(codec => codec.Model is not SequencePayload).Select(codec => AnnouncedPayload.Of(codec.Model.Type, $"global::{CodecOf(codec.Model)}"))
            .Concat(marked.Select(payload => AnnouncedPayload.Of(payload.Payload.Type, payload.Payload.Codec)))
            .Concat(contracts.SelectMany(contract => contract.Model.Tasks)
                .SelectMany(task => task.Arguments.Select(argument => new PayloadRef(argument.Type, argument.Codec)).Concat(task.Result is { } result ? [result] : Array.Empty<PayloadRef>()))
                .Where(payload => KnownCodecs.IsOfEnum(payload.Codec))
                .Select(payload => AnnouncedPayload.Of(payload.Type, payload.Codec)))
            .Distinct()
            .OrderBy(payload => payload.Codec, StringComparer.Ordinal);

    private static string CodecOf(PayloadModel payload) => $"{payload.CodecNamespace}.{payload.CodecName}";

    private static string Undotted(string globalName) => globalName.Replace("global::", "").Replace("@", "");

    // Roslyn compares hint names without regard to case, as file systems do.
    private static string Hint(string name, HashSet<string> taken) =>
        NameRules.Unique(name.Length <= MaxHintLength ? name : name.Substring(0, MaxHintLength), taken);
}
