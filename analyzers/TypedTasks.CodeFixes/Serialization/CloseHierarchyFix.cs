using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Shape;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT303: closes a hierarchy by a <c>[Union]</c> for each type of the project that derives from it, in ordinal order of their names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CloseHierarchyFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public CloseHierarchyFix()
        : base(RuleIds.OpenPolymorphism)
    {
    }

    /// <summary>None: the type may be in another document, and two places may name the same.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        Compilation? compilation = await scope.Document.Project.GetCompilationAsync(scope.CancellationToken).ConfigureAwait(false);
        if (scope.Property(ContractAnalyzer.Value) is not { } detail || compilation?.GetTypeByMetadataName(KnownSymbols.UnionAttribute) is null)
        {
            return;
        }

        string name = detail.Substring(detail.IndexOf(": ", StringComparison.Ordinal) + 2);
        INamedTypeSymbol[] types = [.. TypesOf(compilation.Assembly.GlobalNamespace)];
        if (Array.Find(types, type => type.ToDisplayString() == name) is not { DeclaringSyntaxReferences: [var declaration, ..] } open)
        {
            return;
        }

        INamedTypeSymbol[] derived =
        [
            .. types
                .Where(type => type is { IsAbstract: false, IsGenericType: false } && type.EffectiveAccessibility() != Accessibility.Private && compilation.HasImplicitConversion(type, open))
                .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal),
        ];
        if (derived.Length > 0 && scope.Document.Project.Solution.GetDocument(declaration.SyntaxTree) is { } document)
        {
            scope.OfferSolution(
                $"Close '{open.Name}' by [Union]",
                cancellationToken => CloseAsync(document, declaration, derived, cancellationToken),
                "Close the hierarchy");
        }
    }

    private static async Task<Solution> CloseAsync(Document document, SyntaxReference reference, INamedTypeSymbol[] derived, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var declaration = (TypeDeclarationSyntax)root.FindNode(reference.Span);
        bool isImported = model.LookupNamespacesAndTypes(declaration.SpanStart, name: "UnionAttribute").Length > 0;
        TypeDeclarationSyntax closed = declaration;
        for (int i = 0; i < derived.Length; i++)
        {
            string type = derived[i].ToMinimalDisplayString(model, declaration.SpanStart);
            closed = TaskAttributes.Add(closed, $"{(isImported ? "" : "MessagePack.")}Union({i.ToString(CultureInfo.InvariantCulture)}, typeof({type}))");
        }

        return document.WithSyntaxRoot(root.ReplaceNode(declaration, closed)).Project.Solution;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamedTypeSymbol type => [type, .. TypesOf(type)],
        INamespaceSymbol space => TypesOf(space),
        _ => [],
    });
}
