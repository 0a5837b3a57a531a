using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Routing;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>TT201: names the nearest queue that is declared, by its constant where the project has one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class QueueNameFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public QueueNameFix()
        : base(RuleIds.QueueUndeclared)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Property(QueueAnalyzer.Nearest) is not { } nearest || scope.Find<AttributeArgumentSyntax>() is not { Expression: var queue })
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        IFieldSymbol? constant = QueueConstants.In(model.Compilation.Assembly.GlobalNamespace)
            .Where(field => QueueReader.Declared(field)?.Name == nearest && model.IsAccessible(queue.SpanStart, field))
            .OrderBy(field => field.ToDisplayString(), StringComparer.Ordinal)
            .FirstOrDefault();
        ExpressionSyntax replacement = constant is null
            ? TaskAttributes.Text(nearest)
            : SyntaxFactory.ParseExpression($"{constant.ContainingType.ToMinimalDisplayString(model, queue.SpanStart)}.{constant.Name}");
        scope.OfferReplacement($"Use the queue '{nearest}'", queue, replacement.WithTriviaFrom(queue), "Use the nearest queue");
    }
}
