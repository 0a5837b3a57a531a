using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>TT201: declares the queue as it is written, by a constant beside the others of the project.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DeclareQueueFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public DeclareQueueFix()
        : base(RuleIds.QueueUndeclared)
    {
    }

    /// <summary>None: two that declare their queues at one place would be in each other's way.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<AttributeArgumentSyntax>() is not { Expression: LiteralExpressionSyntax { Token.Value: string queue } written } || !NameRules.IsWireName(queue))
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        FieldDeclarationSyntax? last = QueueConstants.In(model.Compilation.Assembly.GlobalNamespace)
            .Where(field => model.IsAccessible(written.SpanStart, field))
            .OrderBy(field => field.ContainingType.ToDisplayString(), StringComparer.Ordinal)
            .ThenBy(field => field.Locations[0].SourceSpan.Start)
            .Select(field => field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.CancellationToken).FirstAncestorOrSelf<FieldDeclarationSyntax>())
            .LastOrDefault(field => field?.Parent is ClassDeclarationSyntax or StructDeclarationSyntax);
        if (last is null || model.Compilation.GetSemanticModel(last.SyntaxTree).GetDeclaredSymbol((TypeDeclarationSyntax)last.Parent!, scope.CancellationToken) is not { } owner ||
            scope.Document.Project.Solution.GetDocument(last.SyntaxTree) is not { } document)
        {
            return;
        }

        string name = NameFor(queue, owner);
        FieldDeclarationSyntax declaration = Declaration(last, name, queue);
        ExpressionSyntax reference = SyntaxFactory.ParseExpression($"{owner.ToMinimalDisplayString(model, written.SpanStart)}.{name}").WithTriviaFrom(written);
        scope.OfferSolution($"Declare the queue '{queue}'", async cancellationToken =>
        {
            SyntaxNode declaring = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (document.Id == scope.Document.Id)
            {
                SyntaxNode tracked = declaring.TrackNodes(last, written);
                tracked = tracked.ReplaceNode(tracked.GetCurrentNode(written)!, reference);
                return document.WithSyntaxRoot(tracked.InsertNodesAfter(tracked.GetCurrentNode(last)!, [declaration])).Project.Solution;
            }

            return document.Project.Solution
                .WithDocumentSyntaxRoot(document.Id, declaring.InsertNodesAfter(last, [declaration]))
                .WithDocumentSyntaxRoot(scope.Document.Id, scope.Root.ReplaceNode(written, reference));
        });
    }

    // As visible as the one before it, on lines of its own.
    private static FieldDeclarationSyntax Declaration(FieldDeclarationSyntax last, string name, string queue)
    {
        string modifiers = string.Concat(last.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ConstKeyword)).Select(modifier => modifier.Text + " "));
        string indentation = last.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString();
        string lineEnd = last.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToString();
        string between = lineEnd.Length > 0 && last.AttributeLists.Last().GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? $"{lineEnd}{indentation}" : " ";
        string source = $"{(lineEnd.Length > 0 ? $"{(between == " " ? "" : lineEnd)}{indentation}" : " ")}[TaskQueue]{between}{modifiers}const string {name} = {TaskAttributes.Text(queue)};{lineEnd}";
        return (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(source)!;
    }

    // high-priority: HighPriority, or HighPriority2 where that is something else.
    private static string NameFor(string queue, INamedTypeSymbol owner)
    {
        string name = string.Concat(queue.Split('-', '_', '.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        name = name.Length > 0 && char.IsLetter(name[0]) ? name : $"Queue{name}";
        string free = name;
        for (int i = 2; owner.GetMembers(free).Length > 0 || free == owner.Name; i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }
}
