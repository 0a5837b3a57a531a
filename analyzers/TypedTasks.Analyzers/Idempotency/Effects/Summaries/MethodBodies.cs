using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The bodies of source methods, as operations. The one place that asks the compilation for a semantic model.</summary>
internal sealed class MethodBodies(Compilation compilation)
{
    // A model keeps what it has bound; a body is asked for twice, once for its calls and once for its summary.
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>The body, or null where there is none in this compilation.</summary>
    public IOperation? BodyOf(IMethodSymbol method, CancellationToken cancellationToken)
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
                return Operation(syntax, cancellationToken);
            }
        }

        return null;
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
