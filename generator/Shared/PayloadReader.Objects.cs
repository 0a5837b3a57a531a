using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <content>Records, classes and structs: which members travel, under which keys, and how they get back in.</content>
internal sealed partial class PayloadReader
{
    // Beyond this an array would be mostly nil; MessagePack-CSharp has no such limit, but a key like 1,000,000 is a mistake.
    private const int MaxKey = 4096;

    // Names that the emitted codec uses itself.
    private static readonly string[] ReservedLocals = ["reader", "count", "key", "value", "unset", "seen"];

    private ObjectPayload? ReadObject(INamedTypeSymbol type, CodecName name, Origin origin)
    {
        List<Candidate> candidates = Candidates(type);
        if (AssignKeys(type, candidates, origin) is not { } isMap)
        {
            return null;
        }

        if (!candidates.Exists(candidate => candidate.Key is not null) && IsSequence(type))
        {
            Report(ContractProblemKind.PayloadCollection, origin, $"{origin.Path}: {type.ToDisplayString()} is a collection");
            return null;
        }

        if (ChooseConstructor(type, candidates) is not { } constructor)
        {
            Report(ContractProblemKind.PayloadConstructor, origin, $"{origin.Path}: {type.ToDisplayString()}");
            return null;
        }

        bool setsRequired = constructor.Method.Has(KnownSymbols.SetsRequiredMembersAttribute);
        HashSet<string> taken = new(ReservedLocals, StringComparer.Ordinal);
        List<MemberModel> members = [];
        foreach (Candidate candidate in candidates.Where(candidate => candidate.Key is not null))
        {
            Origin member = origin.Member(candidate.Symbol);
            if (CodecOf(candidate.Type, member) is not { } codec)
            {
                return null;
            }

            constructor.Parameters.TryGetValue(candidate, out IParameterSymbol? parameter);
            MemberRestore restore =
                candidate.IsRequired && !setsRequired ? MemberRestore.Required
                : parameter is not null ? MemberRestore.Constructor
                : candidate.IsInitOnly ? MemberRestore.Initializer
                : candidate.IsSettable ? MemberRestore.Setter
                : MemberRestore.None;
            candidate.Local = NameRules.Escape(NameRules.Unique(NameRules.Camel(candidate.Symbol.Name), taken));
            members.Add(new MemberModel(
                candidate.Symbol.Name,
                candidate.Local,
                candidate.Key!.Value,
                candidate.MapKey ?? candidate.Symbol.Name,
                new PayloadRef(candidate.Type.ToTypeRef(), codec),
                restore,
                parameter is { HasExplicitDefaultValue: true } ? Literals.Default(parameter) : null));
        }

        return new ObjectPayload(type.ToBareTypeRef(), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), name.Namespace, name.Name, name.HintName)
        {
            IsMap = isMap,
            Members = members.OrderBy(member => member.Key).ToEquatableArray(),
            Constructor = constructor.Method.Parameters
                .Select(parameter => (parameter, member: constructor.Parameters.FirstOrDefault(pair => SymbolEqualityComparer.Default.Equals(pair.Value, parameter)).Key))
                .Where(pair => pair.member is not null)
                .Select(pair => new ConstructorArgument(pair.parameter.Name, pair.member.Local))
                .ToEquatableArray(),
            NamesArguments = constructor.Parameters.Count < constructor.Method.Parameters.Length,
            UnsentRequired = setsRequired
                ? default
                : candidates.Where(candidate => candidate.Key is null && candidate.IsRequired).Select(candidate => candidate.Symbol.Name).ToEquatableArray(),
        };
    }

    /// <summary>
    /// The public members, the base types' first; properties before fields, because that is the one order in which source and metadata agree.
    /// </summary>
    private List<Candidate> Candidates(INamedTypeSymbol type)
    {
        List<Candidate> candidates = [];
        Stack<INamedTypeSymbol> hierarchy = new();
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); current = current.BaseType)
        {
            hierarchy.Push(current);
        }

        foreach (INamedTypeSymbol current in hierarchy)
        {
            foreach (IPropertySymbol property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public, ReturnsByRef: false, ReturnsByRefReadonly: false })
                {
                    Add(new Candidate(property, property.Type, property.IsRequired, IsCallable(property.SetMethod)));
                }
            }

            foreach (IFieldSymbol field in current.GetMembers().OfType<IFieldSymbol>())
            {
                if (field is { IsStatic: false, IsConst: false, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false })
                {
                    Add(new Candidate(field, field.Type, field.IsRequired, !field.IsReadOnly));
                }
            }
        }

        return candidates;

        // An override, or a member that hides another, is that member: it keeps the place of the first declaration.
        void Add(Candidate candidate)
        {
            if (!candidate.Symbol.CanBeReferencedByName)
            {
                // In the middle of being typed.
                return;
            }

            int same = candidates.FindIndex(other => other.Symbol.Name == candidate.Symbol.Name);
            if (same < 0)
            {
                candidates.Add(candidate);
            }
            else
            {
                candidates[same] = candidate;
            }
        }
    }

    /// <summary>Gives the travelling members their keys. Returns whether the type is a map, or null after a problem.</summary>
    private bool? AssignKeys(INamedTypeSymbol type, List<Candidate> candidates, Origin origin)
    {
        AttributeData? annotation = type.Attribute(KnownSymbols.MessagePackObjectAttribute);
        candidates.RemoveAll(candidate => IsIgnored(candidate) && !candidate.IsRequired);
        List<Candidate> sent = candidates.FindAll(candidate => !IsIgnored(candidate));
        bool byName = annotation is { ConstructorArguments: [{ Value: true }, ..] };
        if (byName)
        {
            for (int i = 0; i < sent.Count; i++)
            {
                sent[i].Key = i;
                sent[i].MapKey = KeyOf(sent[i]) as string;
            }

            return HasDistinctNames(type, sent, origin) ? true : null;
        }

        return annotation is not null || sent.Exists(candidate => KeyOf(candidate) is not null)
            ? AssignAnnotatedKeys(type, sent, origin)
            : AssignDeclarationOrder(type, sent, origin);
    }

    private bool? AssignAnnotatedKeys(INamedTypeSymbol type, List<Candidate> sent, Origin origin)
    {
        bool? isMap = null;
        foreach (Candidate candidate in sent)
        {
            switch (KeyOf(candidate))
            {
                case int number when isMap is null or false && number is >= 0 and <= MaxKey && !sent.Exists(other => other.Key == number):
                    isMap = false;
                    candidate.Key = number;
                    break;
                case string text when isMap is null or true:
                    isMap = true;
                    candidate.Key = sent.IndexOf(candidate);
                    candidate.MapKey = text;
                    break;
                case null when candidate is { IsSettable: false, IsPositional: false }:
                    // A computed property needs no key: nothing could be restored from it.
                    break;
                case null:
                    Report(ContractProblemKind.PayloadKeyMissing, origin.About(candidate.Symbol), $"{origin.Path}: {type.Name}.{candidate.Symbol.Name}");
                    return null;
                default:
                    Report(ContractProblemKind.PayloadKeyInvalid, origin.About(candidate.Symbol), $"{origin.Path}: {type.Name}.{candidate.Symbol.Name}");
                    return null;
            }
        }

        return isMap is true && !HasDistinctNames(type, sent.FindAll(candidate => candidate.Key is not null), origin) ? null : isMap ?? false;
    }

    private bool? AssignDeclarationOrder(INamedTypeSymbol type, List<Candidate> sent, Origin origin)
    {
        // A member that cannot be restored is a computed one, and does not travel.
        HashSet<string> parameters = new(
            type.InstanceConstructors.Where(IsCallable).SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name),
            StringComparer.OrdinalIgnoreCase);
        sent.RemoveAll(candidate => !candidate.IsSettable && !parameters.Contains(candidate.Symbol.Name));
        IEnumerable<SyntaxTree?> files = sent
            .Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.Symbol.ContainingType, type))
            .Select(candidate => candidate.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree);
        if (files.Distinct().Skip(1).Any())
        {
            Report(ContractProblemKind.PayloadOrderAmbiguous, origin, $"{origin.Path}: {type.ToDisplayString()}");
            return null;
        }

        for (int i = 0; i < sent.Count; i++)
        {
            sent[i].Key = i;
        }

        return false;
    }

    private bool HasDistinctNames(INamedTypeSymbol type, List<Candidate> sent, Origin origin)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (sent.Find(candidate => !names.Add(candidate.MapKey ?? candidate.Symbol.Name)) is not { } twice)
        {
            return true;
        }

        Report(ContractProblemKind.PayloadKeyInvalid, origin.About(twice.Symbol), $"{origin.Path}: {type.Name}.{twice.Symbol.Name}");
        return false;
    }

    /// <summary>The callable constructor that takes most members; the one marked [SerializationConstructor] before all others.</summary>
    private Constructor? ChooseConstructor(INamedTypeSymbol type, List<Candidate> candidates)
    {
        IMethodSymbol? marked = type.InstanceConstructors.FirstOrDefault(method => method.Has(KnownSymbols.SerializationConstructorAttribute));
        IEnumerable<IMethodSymbol> methods = marked is not null ? [marked] : type.InstanceConstructors
            .Where(method => !(type.IsRecord && method.Parameters is [{ Type: var only }] && SymbolEqualityComparer.Default.Equals(only, type)))
            .OrderByDescending(method => method.Parameters.Length);
        return methods.Where(IsCallable).Select(method => Match(method, candidates)).FirstOrDefault(match => match is not null);
    }

    private Constructor? Match(IMethodSymbol method, List<Candidate> candidates)
    {
        Dictionary<Candidate, IParameterSymbol> parameters = [];
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            Candidate? member =
                candidates.Find(candidate => candidate.Key is not null && candidate.Symbol.Name == parameter.Name) ??
                candidates.Find(candidate => candidate.Key is not null && string.Equals(candidate.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (member is not null && parameter.RefKind is RefKind.None or RefKind.In && !parameters.ContainsKey(member!) &&
                compilation.ClassifyConversion(member!.Type, parameter.Type).IsImplicit)
            {
                parameters.Add(member, parameter);
            }
            else if (!parameter.IsOptional)
            {
                return null;
            }
        }

        return new Constructor(method, parameters);
    }

    private bool IsCallable(IMethodSymbol? method) => method is not null &&
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal &&
        compilation.IsSymbolAccessibleWithin(method, compilation.Assembly);

    // A member whose use is an error can be set by nobody, nor named by the codec.
    private static bool IsIgnored(Candidate candidate) =>
        candidate.Symbol.Has(KnownSymbols.IgnoreMemberAttribute) || candidate.Symbol.Has(KnownSymbols.IgnoreDataMemberAttribute)
        || candidate.Symbol.Attribute(KnownSymbols.ObsoleteAttribute) is { ConstructorArguments: [_, { Value: true }, ..] };

    private static object? KeyOf(Candidate candidate) =>
        candidate.Symbol.Attribute(KnownSymbols.KeyAttribute) is { ConstructorArguments: [{ Value: var key }] } ? key : null;

    /// <summary>A constructor and the member that fills each of its parameters; optional parameters may be without one.</summary>
    private sealed record Constructor(IMethodSymbol Method, Dictionary<Candidate, IParameterSymbol> Parameters);

    /// <summary>A public member that may travel; it does once it has a key.</summary>
    private sealed class Candidate(ISymbol symbol, ITypeSymbol type, bool isRequired, bool isSettable)
    {
        public ISymbol Symbol { get; } = symbol;

        public ITypeSymbol Type { get; } = type;

        public bool IsRequired { get; } = isRequired;

        public bool IsSettable { get; } = isSettable;

        public bool IsInitOnly { get; } = isSettable && symbol is IPropertySymbol { SetMethod.IsInitOnly: true };

        /// <summary>Whether a constructor has a parameter of this name, as the members of a positional record do.</summary>
        public bool IsPositional { get; } = symbol.ContainingType.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Any(parameter => string.Equals(parameter.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)));

        public int? Key { get; set; }

        public string? MapKey { get; set; }

        public string Local { get; set; } = "";
    }
}
