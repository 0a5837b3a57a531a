using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Serialization;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>What the contracts of a compilation put on the wire now, in ordinal order whatever the order of the files.</summary>
internal sealed class WireSnapshot
{
    private readonly SortedDictionary<string, PresentTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresentType> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    private WireSnapshot()
    {
    }

    /// <summary>The tasks by name.</summary>
    public IReadOnlyDictionary<string, PresentTask> Tasks => _tasks;

    /// <summary>The types by identity.</summary>
    public IReadOnlyDictionary<string, PresentType> Types => _types;

    /// <summary>Whether a task is of a contract that cannot be read: what it declares is not known.</summary>
    public bool IsUnread(string task) => _unread.Any(contract => task.StartsWith(contract + ".", StringComparison.Ordinal));

    /// <summary>Whether the code has a type that would get this label.</summary>
    public bool IsNamed(string label) => _labels.Contains(label);

    public static WireSnapshot Read(TaskCompilation tasks, CancellationToken cancellationToken)
    {
        WireSnapshot snapshot = new();
        foreach (INamedTypeSymbol contract in tasks.SourceTypes(cancellationToken).Where(type => type.IsTaskContract()).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
        {
            if (tasks.Read(contract, cancellationToken).Model is { } model)
            {
                snapshot.ReadContract(tasks, contract, model, cancellationToken);
            }
            else
            {
                snapshot._unread.Add(ContractReader.WireNameOf(contract));
            }
        }

        snapshot._labels.UnionWith(tasks.SourceTypes(cancellationToken).Select(type => PresentType.LabelOf(type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))));
        return snapshot;
    }

    private void ReadContract(TaskCompilation tasks, INamedTypeSymbol contract, ContractModel model, CancellationToken cancellationToken)
    {
        (IMethodSymbol Method, TaskModel Task)[] own = [.. tasks.TasksOf(contract, cancellationToken)];
        Dictionary<string, PayloadModel> payloads = model.Payloads.ToDictionary(payload => $"global::{payload.CodecNamespace}.{payload.CodecName}", StringComparer.Ordinal);
        WireTypeReader reader = new(payloads);
        PayloadWalk walk = PayloadWalk.Of(model.Payloads, own.Select(task => task.Method));
        foreach ((string identity, PayloadModel payload) in payloads.Select(pair => (pair.Key, pair.Value)))
        {
            INamedTypeSymbol? symbol = walk.Types.Find(type => ReferenceEquals(type.Model, payload)).Type;
            if (!_types.ContainsKey(identity) && Describe(identity, payload, symbol, reader) is { } type)
            {
                _types.Add(identity, type);
            }
        }

        foreach (INamedTypeSymbol enumeration in walk.Places.SelectMany(place => PayloadWalk.PartsOf(place.Type)).OfType<INamedTypeSymbol>().Where(type => type.TypeKind == TypeKind.Enum))
        {
            string identity = WireTypeReader.EnumIdentity(enumeration.FullName());
            if (!_types.ContainsKey(identity))
            {
                _types.Add(identity, DescribeEnum(identity, enumeration));
            }
        }

        foreach ((IMethodSymbol method, TaskModel task) in own)
        {
            if (!_tasks.ContainsKey(task.FullWireName))
            {
                _tasks.Add(task.FullWireName, new PresentTask(
                    task.FullWireName, contract, method, task, [.. task.Arguments.Select((argument, index) => Argument(argument, index, method, reader))], task.Result is { } result ? reader.Read(result) : null));
            }
        }
    }

    private static PresentPlace Argument(ParameterModel argument, int index, IMethodSymbol method, WireTypeReader reader)
    {
        WireType type = reader.Read(new PayloadRef(argument.Type, argument.Codec));
        return new PresentPlace(Number(index), argument.Name, type, method.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name))
        {
            IsRequired = !type.IsNullable && argument.Default is null,
            RefusesNil = !type.IsNullable,
        };
    }

    private static PresentType? Describe(string identity, PayloadModel payload, INamedTypeSymbol? symbol, WireTypeReader reader) => payload switch
    {
        ObjectPayload sent => new PresentType(identity, sent.IsMap ? BlockKind.Map : BlockKind.Array, sent.DisplayName, symbol, "", [.. sent.Members.Select(member => Member(sent, member, symbol, reader))]),
        UnionPayload union => new PresentType(identity, BlockKind.Union, union.DisplayName, symbol, "", [.. union.Cases.Select(unionCase => Case(unionCase, symbol, reader))]),
        _ => null,
    };

    private static PresentPlace Member(ObjectPayload sent, MemberModel member, INamedTypeSymbol? symbol, WireTypeReader reader)
    {
        WireType type = reader.Read(member.Payload);
        string key = sent.IsMap ? member.MapKey : Number(member.Key);
        ISymbol? declared = symbol is null ? null : PayloadWalk.MembersOf(symbol).FirstOrDefault(candidate => candidate.Name == member.Name);
        return new PresentPlace(key, sent.IsMap ? key : member.Name, type, declared)
        {
            IsRequired = !type.IsNullable && member is { Default: null, Restore: MemberRestore.Constructor or MemberRestore.Required },
            RefusesNil = !type.IsNullable && member.Restore != MemberRestore.None,
        };
    }

    private static PresentPlace Case(UnionCase unionCase, INamedTypeSymbol? union, WireTypeReader reader)
    {
        WireType type = reader.Read(unionCase.Payload);
        AttributeData? attribute = union?.GetAttributes().FirstOrDefault(candidate => candidate.ConstructorArguments is [{ Value: int tag }, _] && tag == unionCase.Tag);
        var named = attribute?.ConstructorArguments[1].Value as INamedTypeSymbol;
        string display = named?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? unionCase.Payload.Type.Name.Split('.', ':').Last();
        return new PresentPlace(Number(unionCase.Tag), PresentType.LabelOf(display), type, union);
    }

    private static PresentType DescribeEnum(string identity, INamedTypeSymbol type) => new(
        identity,
        BlockKind.Enum,
        type.Name,
        type,
        WireTypeReader.ScalarOf(KnownCodecs.OfSimple(type.EnumUnderlyingType!)!),
        [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => new PresentPlace(
            Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!, field.Name, null, field))]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
