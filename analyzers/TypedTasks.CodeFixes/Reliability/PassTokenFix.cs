using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT503: the handler's token goes to every call that takes one and got none. Not in a finally, which has to run when the token has fired.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PassTokenFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public PassTokenFix()
        : base(RuleIds.TokenNotObserved)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<ParameterSyntax>() is not { Identifier.Text: var token, Parent.Parent: MethodDeclarationSyntax method })
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        Dictionary<SyntaxNode, SyntaxNode> changes = [];
        foreach (InvocationExpressionSyntax call in method.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.FirstAncestorOrSelf<FinallyClauseSyntax>() is null))
        {
            if (model.GetSymbolInfo(call, scope.CancellationToken).Symbol is IMethodSymbol called && WithToken(call, called, model, token) is { } change)
            {
                changes.Add(change.Old, change.New);
            }
        }

        if (changes.Count > 0)
        {
            // From the inside out: a call may be an argument of another one.
            scope.OfferReplacement("Pass the token on", method, method.ReplaceNodes(changes.Keys, (original, current) => current switch
            {
                ArgumentListSyntax list => list.WithArguments(((ArgumentListSyntax)changes[original]).Arguments.Count > list.Arguments.Count
                    ? Appended(list, ((ArgumentListSyntax)changes[original]).Arguments.Last())
                    : list.Arguments),
                _ => changes[original],
            }));
        }
    }

    private static (SyntaxNode Old, SyntaxNode New)? WithToken(InvocationExpressionSyntax call, IMethodSymbol called, SemanticModel model, string token)
    {
        // CancellationToken.None and default, where a token is asked for.
        if (call.ArgumentList.Arguments.FirstOrDefault(argument => IsNone(argument.Expression, model)) is { } none)
        {
            return (none.Expression, SyntaxFactory.IdentifierName(token).WithTriviaFrom(none.Expression));
        }

        SeparatedSyntaxList<ArgumentSyntax> given = call.ArgumentList.Arguments;
        ArgumentSyntax argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token));
        if (called.Parameters is [.., { IsOptional: true, Name: var name } last] && last.Type.IsNamed(KnownSymbols.CancellationToken))
        {
            bool isNext = given.Count == called.Parameters.Length - 1 && given.All(one => one.NameColon is null);
            bool isGiven = given.Count == called.Parameters.Length || given.Any(one => one.NameColon?.Name.Identifier.ValueText == name);
            return isGiven ? null : (call.ArgumentList, call.ArgumentList.WithArguments(Appended(call.ArgumentList, isNext ? argument : argument.WithNameColon(
                SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space))))));
        }

        bool hasOverload = given.Count == called.Parameters.Length && given.All(one => one.NameColon is null) && !called.Parameters.Any(parameter => parameter.IsParams) &&
            called.ContainingType.GetMembers(called.Name).OfType<IMethodSymbol>().Any(other =>
                other.Parameters.Length == called.Parameters.Length + 1 && other.IsStatic == called.IsStatic && other.Arity == called.Arity &&
                other.Parameters[other.Parameters.Length - 1].Type.IsNamed(KnownSymbols.CancellationToken) &&
                SymbolEqualityComparer.Default.Equals(other.ReturnType.OriginalDefinition, called.ReturnType.OriginalDefinition) &&
                other.Parameters.Take(called.Parameters.Length).Select(parameter => parameter.Type).SequenceEqual<ITypeSymbol>(called.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default));
        return hasOverload && model.IsAccessible(call.SpanStart, called) ? (call.ArgumentList, call.ArgumentList.WithArguments(Appended(call.ArgumentList, argument))) : null;
    }

    private static bool IsNone(ExpressionSyntax expression, SemanticModel model) =>
        expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" } or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } or DefaultExpressionSyntax &&
        model.GetTypeInfo(expression).ConvertedType?.IsNamed(KnownSymbols.CancellationToken) == true;

    private static SeparatedSyntaxList<ArgumentSyntax> Appended(ArgumentListSyntax list, ArgumentSyntax last) => list.Arguments.Count == 0
        ? SyntaxFactory.SingletonSeparatedList(last)
        : SyntaxFactory.SeparatedList<ArgumentSyntax>([.. list.Arguments.GetWithSeparators(), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), last]);
}
