using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Serialization;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT307: gives a property an <c>init</c> accessor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MemberAccessorFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public MemberAccessorFix()
        : base(RuleIds.MemberLost)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (!scope.Diagnostic.Properties.ContainsKey(PayloadAnalyzer.Hides) && scope.Find<PropertyDeclarationSyntax>() is { AccessorList: { } accessors } property)
        {
            AccessorDeclarationSyntax init = SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration)
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
                .WithTrailingTrivia(SyntaxFactory.Space);

            // A setter that others cannot call is in the way of one that they can.
            AccessorListSyntax readable = accessors.WithAccessors(SyntaxFactory.List(accessors.Accessors.Where(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration))));
            scope.OfferReplacement("Add an init accessor", property, property.WithAccessorList(readable.AddAccessors(init)));
        }
    }
}
