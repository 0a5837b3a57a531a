using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Evolution;

/// <summary>TT606: makes an argument or a member nullable, so that what was enqueued without it can still be read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NullableFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public NullableFix()
        : base(RuleIds.RequiredAdded)
    {
    }

    /// <summary>None: a handler has to say what it does without the value.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override void Register(FixScope scope)
    {
        TypeSyntax? type = scope.Root.FindToken(scope.Diagnostic.Location.SourceSpan.Start).Parent switch
        {
            ParameterSyntax parameter => parameter.Type,
            PropertyDeclarationSyntax property => property.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } => declaration.Type,
            _ => null,
        };
        if (type is not null and not NullableTypeSyntax)
        {
            scope.OfferReplacement("Make it nullable", type, SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type));
        }
    }
}
