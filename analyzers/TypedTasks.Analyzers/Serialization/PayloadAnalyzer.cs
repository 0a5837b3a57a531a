using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Serialization;

/// <summary>TT306 to TT309 and TT313: payloads that can travel, but not as their author thinks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadAnalyzer : TaskAnalyzer
{
    /// <summary>The property of a TT307 that is at the member which hides the lost one.</summary>
    internal const string Hides = "hides";

    /// <summary>Creates the analyzer.</summary>
    public PayloadAnalyzer()
        : base(Rules.SparseKeys, Rules.MemberLost, Rules.EntityAsPayload, Rules.AmbiguousTime, Rules.UnionIncomplete)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnContract((context, contract) =>
    {
        PayloadWalk walk = PayloadWalk.Of(scope.Tasks.Read(contract, context.CancellationToken).Payloads, scope.Tasks.TasksOf(contract, context.CancellationToken).Select(task => task.Method));
        foreach (PayloadPlace place in walk.Places)
        {
            CheckPlace(context, scope.Tasks, place);
        }

        foreach ((INamedTypeSymbol type, PayloadModel payload) in walk.Types)
        {
            switch (payload)
            {
                case ObjectPayload sent:
                    CheckMembers(context, scope.Tasks, type, sent);
                    CheckHidden(context, scope.Tasks, type);
                    CheckKeys(context, scope, type, sent);
                    break;
                case UnionPayload union:
                    CheckUnion(context, scope.Tasks, type, union);
                    break;
            }
        }
    });

    private static void CheckPlace(SymbolAnalysisContext context, TaskCompilation tasks, PayloadPlace place)
    {
        // What an assembly of others declares is not to be changed here.
        if (place.Symbol.Locations[0] is not { IsInSource: true } location)
        {
            return;
        }

        bool isMember = place.Symbol is IPropertySymbol or IFieldSymbol;
        foreach (ITypeSymbol part in PayloadWalk.PartsOf(place.Type))
        {
            if (part.SpecialType == SpecialType.System_DateTime && (!isMember || tasks.IsFirst(Rules.AmbiguousTime, place.Symbol)))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.AmbiguousTime, location, place.Symbol.Name));
            }

            if (part is INamedTypeSymbol entity && Entities.ContextOf(entity, tasks, context.CancellationToken) is { } database && (!isMember || tasks.IsFirst(Rules.EntityAsPayload, place.Symbol)))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.EntityAsPayload, location, entity.Name, database.Name));
            }
        }
    }

    /// <summary>TT307: state that no constructor and no setter can restore.</summary>
    private static void CheckMembers(SymbolAnalysisContext context, TaskCompilation tasks, INamedTypeSymbol type, ObjectPayload sent)
    {
        foreach (ISymbol member in PayloadWalk.MembersOf(type))
        {
            bool isLost = sent.Members.FirstOrDefault(candidate => candidate.Name == member.Name) is not { } known || known.Restore == MemberRestore.None;
            if (isLost && HoldsState(member) && !IsIgnored(member) && member.Locations[0] is { IsInSource: true } location && tasks.IsFirst(Rules.MemberLost, member))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.MemberLost, location, member.Name, member.ContainingType.Name, "it has no setter and no constructor parameter; give it one, or mark it with [IgnoreMember]"));
            }
        }
    }

    /// <summary>TT307: state of a base type that a member of the same name hides. A name has one place on the wire.</summary>
    private static void CheckHidden(SymbolAnalysisContext context, TaskCompilation tasks, INamedTypeSymbol type)
    {
        foreach ((ISymbol hidden, ISymbol by) in PayloadWalk.HiddenMembersOf(type))
        {
            if (HoldsState(hidden) && !IsIgnored(hidden) && !IsIgnored(by) && !PassesOn(by) && by.Locations[0] is { IsInSource: true } location && tasks.IsFirst(Rules.MemberLost, by))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.MemberLost,
                    location,
                    hidden.Locations.Where(place => place.IsInSource),
                    ImmutableDictionary<string, string?>.Empty.Add(Hides, null),
                    hidden.Name,
                    hidden.ContainingType.Name,
                    $"'{by.ContainingType.Name}.{by.Name}' hides it, and one of a name travels; rename one, override it, or mark the one that is not meant to travel with [IgnoreMember]"));
            }
        }
    }

    /// <summary>TT306: numbers far beyond the count of members. What a baseline has retired is no gap.</summary>
    private static void CheckKeys(SymbolAnalysisContext context, AnalysisScope scope, INamedTypeSymbol type, ObjectPayload sent)
    {
        if (sent.IsMap || sent.Members.Count == 0)
        {
            return;
        }

        MemberModel last = sent.Members.OrderBy(member => member.Key).Last();
        if (last.Key > (2 * sent.Members.Count) + 8 &&
            last.Key > (2 * (sent.Members.Count + Evolution.RetiredPlaces.Of(sent.DisplayName, scope.Options, context.CancellationToken))) + 8 &&
            PayloadWalk.MembersOf(type).FirstOrDefault(member => member.Name == last.Name) is { } symbol &&
            symbol.Locations[0] is { IsInSource: true } location && scope.Tasks.IsFirst(Rules.SparseKeys, symbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.SparseKeys, location, last.Name, last.Key, type.Name, sent.Members.Count));
        }
    }

    // An auto-property or a field; a computed property has nothing to lose. Of another assembly's property only the setter is to be seen.
    private static bool HoldsState(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsImplicitlyDeclared,
        IPropertySymbol { IsAbstract: false, SetMethod: not null } property when !property.Locations[0].IsInSource => true,
        IPropertySymbol { IsAbstract: false } property => property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
        _ => false,
    };

    // A property without a field of its own that can be set: what it is given goes to the one that it hides.
    private static bool PassesOn(ISymbol member) => member is IPropertySymbol { SetMethod: not null } && !HoldsState(member);

    private static bool IsIgnored(ISymbol member) => member.Has(KnownSymbols.IgnoreMemberAttribute) || member.Has(KnownSymbols.IgnoreDataMemberAttribute);

    /// <summary>TT313: a concrete type of the same assembly that the union does not name.</summary>
    private static void CheckUnion(SymbolAnalysisContext context, TaskCompilation tasks, INamedTypeSymbol type, UnionPayload union)
    {
        if (type.Locations[0] is not { IsInSource: true } location)
        {
            return;
        }

        HashSet<string> named = new(union.Cases.Select(unionCase => unionCase.Payload.Type.Name), StringComparer.Ordinal);
        INamedTypeSymbol[] missing =
        [
            .. tasks.SourceTypes(context.CancellationToken)
                .Where(derived => derived is { IsAbstract: false, IsGenericType: false, TypeKind: TypeKind.Class or TypeKind.Struct } &&
                    tasks.Compilation.ClassifyCommonConversion(derived, type).IsImplicit &&
                    !SymbolEqualityComparer.Default.Equals(derived, type) && !named.Contains(derived.ToBareTypeRef().Name))
                .OrderBy(derived => derived.ToDisplayString(), StringComparer.Ordinal),
        ];
        if (missing.Length > 0 && tasks.IsFirst(Rules.UnionIncomplete, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.UnionIncomplete,
                location,
                missing.Select(derived => derived.Locations[0]),
                ImmutableDictionary<string, string?>.Empty,
                string.Join("', '", missing.Select(derived => derived.Name)),
                type.Name));
        }
    }
}
