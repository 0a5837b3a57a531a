using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>What is wrong with the parts of one call, and what to do about it.</summary>
internal sealed class CanvasReport(CanvasCall call, IReadOnlyList<CanvasPart> parts, SemanticModel model, KnownTypes types, OperationBlockAnalysisContext context)
{
    /// <summary>Attached where what is named can be called without arguments.</summary>
    public const string CallableProperty = "Callable";

    /// <summary>Attached where a group would do if each of its calls were a chain.</summary>
    public const string MixedProperty = "Mixed";

    public void Report()
    {
        switch (call.Verb)
        {
            case CanvasVerb.Chain or CanvasVerb.Enqueue:
                Called(takesLinks: false);
                break;
            case CanvasVerb.Group when Called(takesLinks: false):
                Common();
                break;
            case CanvasVerb.Then:
                _ = Called(takesLinks: true) && Linked();
                break;
            case CanvasVerb.ThenGroup when Called(takesLinks: true) && Linked():
                Common();
                break;
            case CanvasVerb.Join when Called(takesLinks: true):
                Joined();
                break;
        }
    }

    /// <summary>TT804. Returns whether there is nothing to say.</summary>
    private bool Called(bool takesLinks)
    {
        bool isCalled = true;
        foreach (CanvasPart part in parts)
        {
            if (part.Kind == CanvasPartKind.Named)
            {
                string name = Names.OfLast(part.Syntax) ?? "";
                string whole = takesLinks ? "" : CallOf(part, "");
                Say(Rules.UnboundParameters, part, $"{name} is named here and not called", $"call it with its arguments, {(whole.Length > 0 ? whole : name.Insert(name.Length - 1, "(…)"))}", IsCallable(part, takesLinks) ? CallableProperty : null);
                isCalled = false;
            }
            else if (part.Kind == CanvasPartKind.Link && !takesLinks)
            {
                Say(Rules.UnboundParameters, part, $"{First(part)} lacks its first argument, and there is no step before it that returns one", $"pass the call with all its arguments{CallOf(part, ", ")}");
                isCalled = false;
            }
        }

        return isCalled;
    }

    /// <summary>TT801, and TT803 behind a step. Returns whether there is nothing to say.</summary>
    private bool Linked()
    {
        bool isLinked = true;
        foreach (CanvasPart part in parts)
        {
            if (part.Input is not { } input || call.Before is not { } before || IsSame(before, input))
            {
                continue;
            }

            isLinked = false;
            string step = Names.OfLast(call.Receiver) ?? "the step before it";
            if (KnownTypes.Same(before, types.NoResult))
            {
                Say(
                    Rules.AbsentResult,
                    part,
                    $"{First(part)} takes '{Names.Of(input)}' first, and {step} returns nothing",
                    $"go on with the call that has all its arguments{CallOf(part, ", ")}, or let {step} return '{Names.Of(input)}'");
            }
            else
            {
                (string wanted, string returned) = Names.Of(input, before);
                string converts = model.Compilation.ClassifyConversion(before, input) is { Exists: true, IsImplicit: true } ? $", which nothing converts" : "";
                context.ReportDiagnostic(Diagnostic.Create(Rules.LinkMismatch, part.Syntax.GetLocation(), First(part), wanted, step, returned, converts));
            }
        }

        return isLinked;
    }

    /// <summary>TT802 and TT803 of what joins.</summary>
    private void Joined()
    {
        foreach (CanvasPart part in parts)
        {
            if (part.Input is not { } input || call.Before is not { } member)
            {
                continue;
            }

            if (KnownTypes.Same(member, types.NoResult))
            {
                Say(
                    Rules.AbsentResult,
                    part,
                    $"{First(part)} takes '{Names.Of(input)}' first, and the members of the group return nothing",
                    $"join with the call that has all its arguments{CallOf(part, ", ")}, or let the members return what it takes");
            }
            else if (!IsListOf(input, member))
            {
                string each = Names.Of(member);
                Say(
                    Rules.JoinMismatch,
                    part,
                    $"{First(part)} takes '{Names.Of(input)}' first, and a join passes on the results of all members, each '{each}'",
                    $"let it take '{each}[]', 'List<{each}>', 'IReadOnlyList<{each}>' or 'IEnumerable<{each}>'");
            }
        }
    }

    /// <summary>TT802 and TT803 of members that have no result in common.</summary>
    private void Common()
    {
        if (parts.Count == 0)
        {
            return;
        }

        CanvasPart first = parts[0];
        if (parts.FirstOrDefault(part => !IsSame(part.Result, first.Result)) is { } other)
        {
            CanvasPart? absent = parts.FirstOrDefault(part => KnownTypes.Same(part.Result, types.NoResult));
            if (absent is not null)
            {
                string result = Names.Of(ReferenceEquals(absent, first) ? other.Result : first.Result);
                Say(Rules.AbsentResult, absent, $"{Last(absent)} returns nothing, and other members of the group '{result}'", $"let it return '{result}', or enqueue it beside the group");
                return;
            }

            (string its, string others) = Names.Of(other.Result, first.Result);
            Say(
                Rules.JoinMismatch,
                other,
                $"{Last(other)} returns '{its}', and another member of the group '{others}'",
                $"the results of a group are one list: change one of the tasks, or let a chain make '{others}' of '{its}'");
        }
        else if (parts.FirstOrDefault(part => part.Kind == CanvasPartKind.Call && parts.Any(other => !IsSame(other.Type, part.Type))) is { } call)
        {
            Say(Rules.JoinMismatch, call, $"{Last(call)} is a call among calls of other tasks, or chains", "begin a chain with each: Canvas.Group(Canvas.Chain(…), Canvas.Chain(…))", parts.All(IsSingle) ? MixedProperty : null);
        }
    }

    private void Say(DiagnosticDescriptor rule, CanvasPart part, string what, string instead, string? property = null) => context.ReportDiagnostic(Diagnostic.Create(
        rule,
        part.Syntax.GetLocation(),
        property is null ? null : ImmutableDictionary<string, string?>.Empty.Add(property, ""),
        what,
        instead));

    // All that is missing is the parentheses.
    private bool IsCallable(CanvasPart part, bool takesLinks) =>
        (takesLinks || KnownTypes.Same(part.Type, types.TaskCall)) &&
        model.GetMemberGroup(part.Syntax, context.CancellationToken) is [IMethodSymbol method] && method.Parameters.All(parameter => parameter.IsOptional);

    // And not all that one sequence holds.
    private bool IsSingle(CanvasPart part) => model.GetTypeInfo(part.Syntax, context.CancellationToken).Type is { } type && IsSame(type, part.Type);

    private string CallOf(CanvasPart part, string lead) => Names.CallOf(part.Syntax, lead, model, context.CancellationToken);

    private static string First(CanvasPart part) => Names.OfFirst(part.Syntax) ?? "The link";

    private static string Last(CanvasPart part) => Names.OfLast(part.Syntax) ?? "A member";

    // What one may be null in and the other not, or calls the parts of a tuple, is no difference on the wire.
    private bool IsSame(ITypeSymbol one, ITypeSymbol other) => model.Compilation.ClassifyConversion(one, other).IsIdentity;

    private bool IsListOf(ITypeSymbol list, ITypeSymbol member) => list switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType: var element } => IsSame(element, member),
        INamedTypeSymbol { TypeArguments: [var element] } named => IsSame(element, member) &&
            (named.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyList_T ||
                named is { Name: "List", ContainingType: null, ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } }),
        _ => false,
    };
}
