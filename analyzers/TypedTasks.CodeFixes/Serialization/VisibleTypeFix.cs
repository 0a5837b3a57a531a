using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT312: makes the hidden type of a payload internal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class VisibleTypeFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public VisibleTypeFix()
        : base(RuleIds.PayloadHidden)
    {
    }

    /// <summary>None: one type may hide several payloads.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        if (scope.Find<ParameterSyntax>() is not { } parameter || model.GetDeclaredSymbol(parameter, scope.CancellationToken) is not { } symbol ||
            Hidden(symbol.Type, []) is not { DeclaringSyntaxReferences: [var reference] } type || reference.GetSyntax(scope.CancellationToken) is not TypeDeclarationSyntax declared ||
            scope.Document.Project.Solution.GetDocument(reference.SyntaxTree) is not { } document)
        {
            return;
        }

        scope.OfferSolution($"Make '{type.Name}' internal", async cancellationToken =>
        {
            SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            return document.WithSyntaxRoot(root.ReplaceNode(declared, Widened(declared))).Project.Solution;
        }, "Make the type internal");
    }

    /// <summary>The outermost type that generated code cannot see, of a type and what it is made of.</summary>
    private static INamedTypeSymbol? Hidden(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (!seen.Add(type))
        {
            return null;
        }

        if (type is IArrayTypeSymbol array)
        {
            return Hidden(array.ElementType, seen);
        }

        if (type is not INamedTypeSymbol named || !type.Locations.Any(location => location.IsInSource))
        {
            return (type as INamedTypeSymbol)?.TypeArguments.Select(argument => Hidden(argument, seen)).FirstOrDefault(hidden => hidden is not null);
        }

        for (INamedTypeSymbol? around = named; around is not null; around = around.ContainingType)
        {
            if (around is { IsFileLocal: false, DeclaredAccessibility: Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal })
            {
                return around;
            }
        }

        IEnumerable<ITypeSymbol?> parts =
        [
            .. named.TypeArguments,
            .. named.GetAttributes().Where(attribute => attribute.AttributeClass?.IsNamed(KnownSymbols.UnionAttribute) == true).SelectMany(attribute => attribute.ConstructorArguments).Select(argument => argument.Value as ITypeSymbol),
            .. named.GetMembers().Where(member => !member.IsStatic).Select(member => member switch { IPropertySymbol property => property.Type, IFieldSymbol field => field.Type, _ => null }),
        ];
        return parts.Select(part => part is null ? null : Hidden(part, seen)).FirstOrDefault(hidden => hidden is not null);
    }

    // private and protected give way; what else stands there stays, and so do the comments before it.
    private static TypeDeclarationSyntax Widened(TypeDeclarationSyntax declared)
    {
        SyntaxToken visible = SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxToken first = declared.AttributeLists.Count > 0 ? declared.AttributeLists.Last().GetLastToken().GetNextToken() : declared.GetFirstToken();
        SyntaxTriviaList leading = first.LeadingTrivia;
        SyntaxToken[] others = [.. declared.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PrivateKeyword) && !modifier.IsKind(SyntaxKind.ProtectedKeyword) && !modifier.IsKind(SyntaxKind.InternalKeyword))];
        SyntaxTokenList modifiers = SyntaxFactory.TokenList([visible.WithLeadingTrivia(leading), .. others.Select(modifier => modifier == first ? modifier.WithLeadingTrivia() : modifier)]);
        TypeDeclarationSyntax bare = declared.Keyword == first ? declared.WithKeyword(declared.Keyword.WithLeadingTrivia()) : declared;
        return bare.WithModifiers(modifiers);
    }
}
