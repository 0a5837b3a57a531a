using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Completion;

/// <summary>The generated methods that enqueue, of the client whose member is being typed.</summary>
internal static class ClientTasks
{
    private const string Client = "TypedTasks.ITaskClient`1";
    private const string Handle = "TypedTasks.TaskHandle`1";

    /// <summary>The methods in their contract's order, one of each name; none where no member of a client is typed.</summary>
    /// <param name="position">Where the member's name begins, or would.</param>
    public static async Task<ImmutableArray<IMethodSymbol>> FindAsync(Document document, int position, CancellationToken cancellationToken)
    {
        // Most dots have nothing to do with tasks: what the syntax can say is asked first.
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || Receiver(root, position) is not { } receiver)
        {
            return [];
        }

        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.Compilation.GetTypeByMetadataName(Client) is not { } client
            || model.Compilation.GetTypeByMetadataName(Handle) is not { } handle
            || TypeOf(model, receiver, cancellationToken) is not { } type
            || !IsClient(type, client))
        {
            return [];
        }

        return
        [
            // From where the client is named: the end of a half-typed file is outside of everything.
            .. model.LookupSymbols(receiver.SpanStart, type, includeReducedExtensionMethods: true)
                .OfType<IMethodSymbol>()
                .Where(method => method.ReducedFrom is { } definition && IsClient(definition.Parameters[0].Type, client) && Enqueues(method, handle))
                .GroupBy(method => method.Name)
                .Select(overloads => overloads.First())
                .OrderBy(method => method.ContainingType.GetMembers().IndexOf(method.ReducedFrom!)),
        ];
    }

    private static ExpressionSyntax? Receiver(SyntaxNode root, int position)
    {
        SyntaxToken dot = position > 0 ? root.FindToken(position - 1) : default;
        return !dot.IsKind(SyntaxKind.DotToken)
            ? null
            : dot.Parent switch
            {
                MemberAccessExpressionSyntax access => access.Expression,
                MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
                // What is typed in front of another statement is read as the name of a type.
                QualifiedNameSyntax name => name.Left,
                _ => null,
            };
    }

    private static ITypeSymbol? TypeOf(SemanticModel model, ExpressionSyntax receiver, CancellationToken cancellationToken) =>
        receiver.Parent is QualifiedNameSyntax
            ? model.GetSpeculativeTypeInfo(receiver.SpanStart, SyntaxFactory.ParseExpression(receiver.ToString()), SpeculativeBindingOption.BindAsExpression).Type
            : model.GetTypeInfo(receiver, cancellationToken).Type;

    private static bool IsClient(ITypeSymbol type, INamedTypeSymbol client) =>
        Is(type, client)
        || type.AllInterfaces.Any(implemented => Is(implemented, client))
        || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(constraint => IsClient(constraint, client)));

    private static bool Is(ITypeSymbol type, INamedTypeSymbol definition) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, definition);

    // The methods beside them that make a handle return it at once.
    private static bool Enqueues(IMethodSymbol method, INamedTypeSymbol handle) =>
        method.ReturnType is INamedTypeSymbol { Name: "ValueTask", IsGenericType: true } returned && Is(returned.TypeArguments[0], handle);
}
