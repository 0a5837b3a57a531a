using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>What a part of a canvas is.</summary>
internal enum CanvasPartKind
{
    /// <summary>A call with all its arguments.</summary>
    Call,

    /// <summary>A task whose first argument is to come from the step before it.</summary>
    Link,

    /// <summary>A chain.</summary>
    Chain,

    /// <summary>A method that would make a call or a link, and is not called.</summary>
    Named,
}

/// <summary>One of the calls, links and chains that a canvas is given, or all of them that one sequence holds.</summary>
/// <param name="Syntax">Where it is written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">Its type; of a method that is not called the type that it would return.</param>
/// <param name="Result">The result of its last task.</param>
/// <param name="Input">What its first task takes first, if it is a link.</param>
internal sealed record CanvasPart(ExpressionSyntax Syntax, CanvasPartKind Kind, INamedTypeSymbol Type, ITypeSymbol Result, ITypeSymbol? Input)
{
    /// <summary>The parts that a call is given, in the order in which they are written. What the compiler does not know the type of is left out.</summary>
    public static IEnumerable<CanvasPart> Of(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancellationToken) =>
        call.ArgumentList.Arguments.SelectMany(argument => Of(argument.Expression, model, types, cancellationToken));

    private static IEnumerable<CanvasPart> Of(ExpressionSyntax expression, SemanticModel model, KnownTypes types, CancellationToken cancellationToken) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Of(parenthesized.Expression, model, types, cancellationToken),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.SelectMany(element => Of(element, model, types, cancellationToken)),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.SelectMany(element => Of(element, model, types, cancellationToken)),
        CollectionExpressionSyntax collection => collection.Elements.SelectMany(element => element switch
        {
            ExpressionElementSyntax { Expression: var single } => Of(single, model, types, cancellationToken),
            SpreadElementSyntax { Expression: var several } => Of(several, model, types, cancellationToken),
            _ => [],
        }),
        _ => TypeOf(expression, model, cancellationToken) is { } type && (Of(expression, type, types) ?? (ElementOf(type) is { } element ? Of(expression, element, types) : null)) is { } part ? [part]
            : NamedBy(expression, model, types, cancellationToken) is { } named ? [named]
            : [],
    };

    private static CanvasPart? Of(ExpressionSyntax expression, ITypeSymbol type, KnownTypes types)
    {
        if (type is not INamedTypeSymbol { TypeArguments: var arguments } named || !arguments.All(argument => IsKnown(argument, types)))
        {
            return null;
        }

        return KnownTypes.Same(type, types.TaskCall) ? new CanvasPart(expression, CanvasPartKind.Call, named, arguments[1], null)
            : KnownTypes.Same(type, types.TaskLink) ? new CanvasPart(expression, CanvasPartKind.Link, named, arguments[1], arguments[0])
            : KnownTypes.Same(type, types.TaskChain) ? new CanvasPart(expression, CanvasPartKind.Chain, named, arguments[0], null)
            : null;
    }

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(expression, cancellationToken).Type is { TypeKind: not TypeKind.Error } type ? type : null;

    // MailTasks.SendLink, without the parentheses.
    private static CanvasPart? NamedBy(ExpressionSyntax expression, SemanticModel model, KnownTypes types, CancellationToken cancellationToken) =>
        expression is MemberAccessExpressionSyntax or IdentifierNameSyntax && model.GetMemberGroup(expression, cancellationToken).OfType<IMethodSymbol>().FirstOrDefault() is { IsStatic: true } method &&
        Of(expression, method.ReturnType, types) is { Kind: CanvasPartKind.Call or CanvasPartKind.Link } part
            ? part with { Kind = CanvasPartKind.Named }
            : null;

    private static ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: [var own] } ? own
        : type.AllInterfaces.FirstOrDefault(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    /// <summary>Whether a type is one of the user's: what is half typed has none, and of a call that does not bind the compiler leaves type parameters of ours.</summary>
    public static bool IsKnown(ITypeSymbol type, KnownTypes types) => type switch
    {
        IErrorTypeSymbol => false,
        ITypeParameterSymbol parameter => !SymbolEqualityComparer.Default.Equals(parameter.ContainingAssembly, types.TaskContractAttribute.ContainingAssembly),
        IArrayTypeSymbol array => IsKnown(array.ElementType, types),
        INamedTypeSymbol named => named.TypeArguments.All(argument => IsKnown(argument, types)),
        _ => true,
    };
}
