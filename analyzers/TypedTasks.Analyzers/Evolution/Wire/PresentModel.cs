using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>One place on the wire as the code has it now: an argument, a member, an enum's value, a union's case.</summary>
/// <param name="Key">Its number, or its name in a map.</param>
/// <param name="Name">What it is called; of a union's case, the label that its type would get.</param>
/// <param name="Type">What is there; null for an enum's value.</param>
/// <param name="Symbol">The parameter, member or type; null where it is not known.</param>
internal sealed record PresentPlace(string Key, string Name, WireType? Type, ISymbol? Symbol)
{
    /// <summary>Whether nothing sensible stands for it when it is missing.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether a nil in its place cannot be read.</summary>
    public bool RefusesNil { get; init; }
}

/// <summary>A task as the code has it now.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Contract">The contract that declares it.</param>
/// <param name="Method">Its method.</param>
/// <param name="Model">Its reading.</param>
/// <param name="Places">Its arguments.</param>
/// <param name="Result">Its result, or null.</param>
internal sealed record PresentTask(
    string Name, INamedTypeSymbol Contract, IMethodSymbol Method, TaskModel Model, IReadOnlyList<PresentPlace> Places, WireType? Result);

/// <summary>A user's type as the code has it now.</summary>
/// <param name="Identity">What <see cref="WireType"/> calls it.</param>
/// <param name="Kind">How it is described in a baseline.</param>
/// <param name="Display">How messages call it.</param>
/// <param name="Symbol">The type; null where it is not known.</param>
/// <param name="Scalar">An enum's integer; empty for others.</param>
/// <param name="Places">Its members, values or cases.</param>
internal sealed record PresentType(string Identity, BlockKind Kind, string Display, INamedTypeSymbol? Symbol, string Scalar, IReadOnlyList<PresentPlace> Places)
{
    /// <summary>The label that the type gets where nothing else has it: <c>page-of-order</c> is a <c>PageOfOrder</c>, and a <c>Page&lt;Order&gt;</c> is <c>page-order</c>.</summary>
    public string DefaultLabel => LabelOf(Display);

    public static string LabelOf(string display)
    {
        string[] words = new string(display.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : ' ').ToArray()).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        string label = string.Join("-", words.Select(Shared.NameRules.Kebab));
        return label.Length == 0 ? "type" : label;
    }
}
