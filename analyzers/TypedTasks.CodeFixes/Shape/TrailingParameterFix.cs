using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT107: moves CancellationToken and TaskContext behind the arguments: in the contract, in what implements it, and in calls by position.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class TrailingParameterFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public TrailingParameterFix()
        : base(RuleIds.TrailingParameterMisplaced)
    {
    }

    /// <summary>None: one fix changes several documents, and two would change the same.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is not { } declaration ||
            (await scope.ModelAsync().ConfigureAwait(false)).GetDeclaredSymbol(declaration, scope.CancellationToken) is not { } method ||
            Order(method) is not { } order)
        {
            return;
        }

        scope.OfferSolution("Move what the worker supplies to the end", cancellationToken => MoveAsync(scope.Document.Project.Solution, method, order, cancellationToken));
    }

    /// <summary>The parameters' new order, or null where two of a kind leave nothing to move.</summary>
    private static int[]? Order(IMethodSymbol method)
    {
        int[] supplied = [.. method.Parameters.Where(IsSupplied).Select(parameter => parameter.Ordinal)];
        int[] order = [.. method.Parameters.Where(parameter => !IsSupplied(parameter)).Select(parameter => parameter.Ordinal), .. supplied];
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) || supplied.Select(ordinal => method.Parameters[ordinal].Type.Name).Distinct().Count() < supplied.Length ? null : order;
    }

    private static bool IsSupplied(IParameterSymbol parameter) => parameter.Type.IsNamed(KnownSymbols.CancellationToken) || parameter.Type.IsNamed(KnownSymbols.TaskContext);

    private static async Task<Solution> MoveAsync(Solution solution, IMethodSymbol method, int[] order, CancellationToken cancellationToken)
    {
        HashSet<ISymbol> methods = new(SymbolEqualityComparer.Default) { method };
        methods.UnionWith(await SymbolFinder.FindImplementationsAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false));
        Dictionary<DocumentId, HashSet<SyntaxNode>> lists = [];
        foreach (ISymbol changed in methods)
        {
            foreach (SyntaxReference reference in changed.DeclaringSyntaxReferences)
            {
                Add(solution.GetDocumentId(reference.SyntaxTree), (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) as MethodDeclarationSyntax)?.ParameterList);
            }

            foreach (ReferenceLocation location in (await SymbolFinder.FindReferencesAsync(changed, solution, cancellationToken).ConfigureAwait(false)).SelectMany(found => found.Locations))
            {
                SyntaxNode? root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                InvocationExpressionSyntax? call = root?.FindNode(location.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>();
                if (call?.ArgumentList is { } arguments && arguments.Arguments.Count == order.Length && arguments.Arguments.All(argument => argument.NameColon is null))
                {
                    Add(location.Document.Id, arguments);
                }
            }
        }

        foreach (KeyValuePair<DocumentId, HashSet<SyntaxNode>> document in lists)
        {
            SyntaxNode root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            solution = solution.WithDocumentSyntaxRoot(document.Key, root.ReplaceNodes(document.Value, (_, list) => Reorder(list, order)));
        }

        return solution;

        void Add(DocumentId? document, SyntaxNode? list)
        {
            if (document is not null && list is not null)
            {
                if (!lists.TryGetValue(document, out HashSet<SyntaxNode>? known))
                {
                    lists.Add(document, known = []);
                }

                known.Add(list);
            }
        }
    }

    private static SyntaxNode Reorder(SyntaxNode list, int[] order) => list switch
    {
        ParameterListSyntax parameters => parameters.WithParameters(Reorder(parameters.Parameters, order)),
        ArgumentListSyntax arguments => arguments.WithArguments(Reorder(arguments.Arguments, order)),
        _ => list,
    };

    // The places keep their blanks and line breaks; what stands in them moves.
    private static SeparatedSyntaxList<TNode> Reorder<TNode>(SeparatedSyntaxList<TNode> list, int[] order)
        where TNode : SyntaxNode => list.Count != order.Length
            ? list
            : SyntaxFactory.SeparatedList(order.Select((from, to) => list[from].WithLeadingTrivia(list[to].GetLeadingTrivia()).WithTrailingTrivia(list[to].GetTrailingTrivia())), list.GetSeparators());
}
