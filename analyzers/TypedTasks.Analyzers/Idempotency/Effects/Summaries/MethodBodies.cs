using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// The bodies of source methods, as operations: those that the driver has bound for its operation actions, and the others on demand.
/// The one place that asks the compilation for a semantic model. Safe from any thread.
/// </summary>
internal sealed class MethodBodies(Compilation compilation)
{
    // What the driver has bound in any case, by what declares it.
    private readonly ConcurrentDictionary<SyntaxNode, BodyOperations> _seen = new();

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _hasBody = new(SymbolEqualityComparer.Default);

    // A model keeps what it has bound; a body is asked for twice, once for its calls and once for its summary.
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>Keeps a body that the driver has bound, so that nobody has to bind it again.</summary>
    public void Keep(BodyOperations operations)
    {
        if (operations.Body is { } body)
        {
            _seen.TryAdd(body.Syntax, operations);
        }
    }

    /// <summary>The body, or null where there is none in this compilation.</summary>
    public IOperation? BodyOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        SyntaxOf(method, cancellationToken) is not { } syntax ? null
        : _seen.TryGetValue(syntax, out BodyOperations? known) ? known.Body
        : Operation(syntax, cancellationToken);

    /// <summary>What in the body may run a method, in the order of its operations.</summary>
    public IEnumerable<IOperation> CallersIn(IMethodSymbol method, CancellationToken cancellationToken) =>
        SyntaxOf(method, cancellationToken) is not { } syntax ? []
        : _seen.TryGetValue(syntax, out BodyOperations? known) ? known.Callers
        : Operation(syntax, cancellationToken)?.DescendantsAndSelf().Where(BodyOperations.MayCall) ?? [];

    // What is declared with a body.
    private static SyntaxNode? SyntaxOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        IMethodSymbol implementation = method.PartialImplementationPart ?? method;
        foreach (SyntaxReference reference in implementation.DeclaringSyntaxReferences)
        {
            SyntaxNode syntax = reference.GetSyntax(cancellationToken);
            if (syntax is BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } or AccessorDeclarationSyntax { Body: null, ExpressionBody: null })
            {
                continue;
            }

            if (syntax is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax)
            {
                return syntax;
            }
        }

        return null;
    }

    /// <summary>Whether there is a body in this compilation: an accessor may be no more than <c>get;</c>.</summary>
    public bool HasBody(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!_hasBody.TryGetValue(method, out bool has))
        {
            has = !method.IsImplicitlyDeclared && method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is
                not (BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } or AccessorDeclarationSyntax { Body: null, ExpressionBody: null }));
            _hasBody.TryAdd(method, has);
        }

        return has;
    }

    /// <summary>What a field or property is initialized with where it is declared, or null.</summary>
    public IOperation? InitializerOf(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            ExpressionSyntax? value = reference.GetSyntax(cancellationToken) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (value is not null)
            {
                return Operation(value, cancellationToken);
            }
        }

        return null;
    }

    // What a handler does is in other files as well, and their bodies are needed here. Under an analyzer driver the compilation hands out
    // the driver's own shared and cached models, so that nothing is bound twice on account of this.
    [SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1030", Justification = "Summaries of called methods need the bodies of other files; the driver's compilation shares its models.")]
    private IOperation? Operation(SyntaxNode syntax, CancellationToken cancellationToken) =>
        compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? _models.GetOrAdd(syntax.SyntaxTree, tree => compilation.GetSemanticModel(tree)).GetOperation(syntax, cancellationToken)
            : null;
}
