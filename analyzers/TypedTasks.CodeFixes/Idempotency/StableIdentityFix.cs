using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>TT418: the task's own id and time take the place of a value that is new in every attempt. Offered where the handler has its TaskContext, and makes the value itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class StableIdentityFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public StableIdentityFix()
        : base(RuleIds.VolatileIdentity)
    {
    }

    /// <summary>None: two effects may share one value.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is not { } handler)
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        SyntaxNode call = scope.Root.FindNode(scope.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        ISymbol? context = model.LookupSymbols(call.SpanStart).FirstOrDefault(symbol => symbol is IParameterSymbol { Type: INamedTypeSymbol type } && type.IsNamed(KnownSymbols.TaskContext));
        if (context is null)
        {
            return;
        }

        // In the call itself, or in the only place where a local that it uses gets its value.
        IEnumerable<SyntaxNode> places = call.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, scope.CancellationToken).Symbol)
            .OfType<ILocalSymbol>()
            .Select(local => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.CancellationToken))
            .OfType<VariableDeclaratorSyntax>()
            .Select(declarator => declarator.Initializer?.Value)
            .OfType<ExpressionSyntax>()
            .Where(handler.Contains)
            .Prepend(call);
        foreach (ExpressionSyntax fresh in places.SelectMany(place => place.DescendantNodesAndSelf()).OfType<ExpressionSyntax>())
        {
            if (model.GetSymbolInfo(fresh, scope.CancellationToken).Symbol is { } symbol && Stable(symbol, fresh, context.Name) is { } stable)
            {
                scope.OfferReplacement("Take it from the task", fresh, SyntaxFactory.ParseExpression(stable).WithTriviaFrom(fresh));
                return;
            }
        }
    }

    private static string? Stable(ISymbol symbol, ExpressionSyntax fresh, string context) => symbol switch
    {
        IMethodSymbol { Name: "NewGuid" or "CreateVersion7", ContainingType: { Name: "Guid", ContainingNamespace.Name: "System" } } when fresh is InvocationExpressionSyntax => $"{context}.Id.ToGuid()",
        IMethodSymbol { Name: "GetUtcNow", ContainingType: { Name: "TimeProvider", ContainingNamespace.Name: "System" } } when fresh is InvocationExpressionSyntax => $"{context}.EnqueuedAt",
        IPropertySymbol { Name: "UtcNow", ContainingType: { Name: "DateTimeOffset", ContainingNamespace.Name: "System" } } when fresh is MemberAccessExpressionSyntax => $"{context}.EnqueuedAt",
        IPropertySymbol { Name: "UtcNow", ContainingType: { Name: "DateTime", ContainingNamespace.Name: "System" } } when fresh is MemberAccessExpressionSyntax => $"{context}.EnqueuedAt.UtcDateTime",
        _ => null,
    };
}
