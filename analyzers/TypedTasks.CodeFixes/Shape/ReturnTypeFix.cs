using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Shape;

/// <summary>TT102: <c>void</c> becomes <c>ValueTask</c>, and any other type <c>ValueTask&lt;T&gt;</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ReturnTypeFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ReturnTypeFix()
        : base(RuleIds.ReturnTypeUnsupported)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<MethodDeclarationSyntax>() is not { ReturnType: not RefTypeSyntax } method)
        {
            return;
        }

        TypeSyntax type = method.ReturnType;
        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        bool isVoid = type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        bool isImported = model.LookupNamespacesAndTypes(type.SpanStart, name: "ValueTask").Any(symbol => symbol.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks");
        string name = isImported ? "ValueTask" : "global::System.Threading.Tasks.ValueTask";
        TypeSyntax wrapped = SyntaxFactory.ParseTypeName(isVoid ? name : $"{name}<{type.WithoutTrivia()}>").WithTriviaFrom(type);
        scope.OfferReplacement("Make the task asynchronous", type, wrapped);
    }
}
