using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT301: gives every member of an annotated type that has no key the next one, in the order of their declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MemberKeyFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public MemberKeyFix()
        : base(RuleIds.PayloadNotSerializable)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<MemberDeclarationSyntax>() is not (PropertyDeclarationSyntax or FieldDeclarationSyntax) || scope.Find<TypeDeclarationSyntax>() is not { } declaration ||
            (await scope.ModelAsync().ConfigureAwait(false)) is not { } model || model.GetDeclaredSymbol(declaration, scope.CancellationToken) is not INamedTypeSymbol type ||
            !Keys.TryNext(type, out int next))
        {
            return;
        }

        MemberDeclarationSyntax[] keyless = [.. declaration.Members.Where(member => NeedsKey(member, model, scope.CancellationToken))];
        scope.OfferReplacement(
            "Give the members without a key the next ones",
            declaration,
            declaration.ReplaceNodes(keyless, (original, member) =>
                TaskAttributes.Add(member, $"Key({(next + Array.IndexOf(keyless, original)).ToString(CultureInfo.InvariantCulture)})")));
    }

    private static bool NeedsKey(MemberDeclarationSyntax member, SemanticModel model, CancellationToken cancellationToken)
    {
        ISymbol? symbol = member switch
        {
            PropertyDeclarationSyntax property => model.GetDeclaredSymbol(property, cancellationToken),
            FieldDeclarationSyntax { Declaration.Variables: [var only] } => model.GetDeclaredSymbol(only, cancellationToken),
            _ => null,
        };
        return symbol is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } and (IPropertySymbol { SetMethod: not null, IsIndexer: false } or IFieldSymbol { IsReadOnly: false }) &&
            !symbol.Has(KnownSymbols.KeyAttribute) && !symbol.Has(KnownSymbols.IgnoreMemberAttribute) && !symbol.Has(KnownSymbols.IgnoreDataMemberAttribute);
    }
}
