using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>How messages call the tasks and types of a canvas: as they are written.</summary>
internal static class Names
{
    private const string Suffix = "Link";

    /// <summary>The name of what is called, or null.</summary>
    public static string? OfCalled(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The first task of what is written, in quotes; null where it has no name.</summary>
    public static string? OfFirst(ExpressionSyntax expression)
    {
        ExpressionSyntax current = expression;
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax before, Name.Identifier.ValueText: "Then" } })
        {
            current = before;
        }

        return OfSingle(current);
    }

    /// <summary>The last task of what is written, in quotes; null where it has no name.</summary>
    public static string? OfLast(ExpressionSyntax? expression)
    {
        ExpressionSyntax? current = expression;
        while (current is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call && OfCalled(call) is "Chain" or "Then" or "Join")
        {
            // Of a join it is the argument behind the condition.
            current = arguments.Select(argument => argument.Expression).LastOrDefault(argument => argument is InvocationExpressionSyntax);
        }

        return current is null ? null : OfSingle(current);
    }

    /// <summary>The call in place of a link, <c>Send(…)</c>, with what leads to it; empty where it is not known.</summary>
    public static string CallOf(ExpressionSyntax link, string lead, SemanticModel model, CancellationToken cancellationToken)
    {
        SymbolInfo info = model.GetSymbolInfo(link, cancellationToken);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol { IsStatic: true, Name: var name, ContainingType: var tasks } && name.EndsWith(Suffix, StringComparison.Ordinal) &&
            name.Substring(0, name.Length - Suffix.Length) is { Length: > 0 } call && !tasks.GetMembers(call).IsEmpty
                ? $"{lead}'{call}(…)'"
                : "";
    }

    /// <summary>Two types by their names; in full where these are the same.</summary>
    public static (string One, string Other) Of(ITypeSymbol one, ITypeSymbol other)
    {
        (string One, string Other) names = (Of(one), Of(other));
        return names.One == names.Other ? (one.ToDisplayString(), other.ToDisplayString()) : names;
    }

    /// <summary>A type by its name.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string? OfSingle(ExpressionSyntax expression) => expression switch
    {
        // tasks.Select(task => …) is no task's name.
        InvocationExpressionSyntax call when !call.ArgumentList.Arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax) => Quoted(OfCalled(call)),
        MemberAccessExpressionSyntax member => Quoted(member.Name.Identifier.ValueText),
        IdentifierNameSyntax name => Quoted(name.Identifier.ValueText),
        _ => null,
    };

    private static string? Quoted(string? name) => string.IsNullOrEmpty(name) ? null : $"'{name}'";
}
