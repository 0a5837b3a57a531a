using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>
/// TT410 and its kin: an awaited call whose result nobody uses runs within <c>OnceAsync</c>. Offered where the handler has its TaskContext,
/// and outside of loops, whose rounds need keys of their own.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class OnceFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public OnceFix()
        : base(
            RuleIds.UnsafeHttp,
            RuleIds.UnsafeInsert,
            RuleIds.ReadModifyWrite,
            RuleIds.UnsafeAppend,
            RuleIds.UnsafeNotification,
            RuleIds.UnsafeEnqueue,
            RuleIds.ProcessEffect,
            RuleIds.CrashWindow,
            RuleIds.FailureRepeatsEffect)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<InvocationExpressionSyntax>() is not { } call ||
            call.Span != scope.Diagnostic.Location.SourceSpan ||
            call.Parent is not AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement } awaited ||
            IsRepeated(statement))
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        ISymbol? context = model.LookupSymbols(call.SpanStart).FirstOrDefault(symbol => symbol is IParameterSymbol { Type: INamedTypeSymbol type } && type.IsNamed(KnownSymbols.TaskContext));
        if (context is null)
        {
            return;
        }

        // A block, so that the call's result is not taken for one to be recorded.
        ExpressionSyntax once = SyntaxFactory.ParseExpression($"await {context.Name}.OnceAsync(\"{EffectNames.Of(call)}\", async _ => {{ }})");
        BlockSyntax body = SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(awaited.WithoutTrivia()));
        once = once.ReplaceNode(once.DescendantNodes().OfType<BlockSyntax>().Single(), body);
        scope.OfferReplacement(
            "Run it once per task",
            statement,
            statement.WithExpression(once.WithLeadingTrivia(statement.GetLeadingTrivia())).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool IsRepeated(StatementSyntax statement) =>
        statement.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax)
            .Any(node => node is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
