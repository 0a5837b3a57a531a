using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT313: gives each type that a union forgets the next free tag.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnionCasesFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public UnionCasesFix()
        : base(RuleIds.UnionIncomplete)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<TypeDeclarationSyntax>() is not { } declaration)
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        var union = (INamedTypeSymbol)model.GetDeclaredSymbol(declaration, scope.CancellationToken)!;
        int next = union.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.IsNamed(KnownSymbols.UnionAttribute) == true)
            .Max(attribute => attribute.ConstructorArguments is [{ Value: int tag }, _] ? tag + 1 : 0);
        string prefix = model.LookupNamespacesAndTypes(declaration.SpanStart, name: "UnionAttribute").Length > 0 ? "" : "MessagePack.";
        TypeDeclarationSyntax closed = declaration;
        foreach (Location missing in scope.Diagnostic.AdditionalLocations)
        {
            if (missing.SourceTree?.GetRoot(scope.CancellationToken).FindNode(missing.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } derived ||
                model.Compilation.GetSemanticModel(derived.SyntaxTree).GetDeclaredSymbol(derived, scope.CancellationToken) is not INamedTypeSymbol type)
            {
                return;
            }

            string tag = next.ToString(CultureInfo.InvariantCulture);
            closed = TaskAttributes.Add(closed, $"{prefix}Union({tag}, typeof({type.ToMinimalDisplayString(model, declaration.SpanStart)}))");
            next++;
        }

        scope.OfferReplacement("Name the missing types in the union", declaration, closed);
    }
}
