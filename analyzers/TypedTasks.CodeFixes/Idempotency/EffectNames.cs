using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Idempotency;

/// <summary>Names for effects, made of what is called, as a task's is of its method: <c>post</c> for <c>http.PostAsync(…)</c>. Each call in a method gets a name of its own.</summary>
internal static class EffectNames
{
    /// <summary>The name of a call: of its method, with a number where the body calls a method of this name before.</summary>
    public static string Of(InvocationExpressionSyntax call)
    {
        string name = NameOf(call);
        int earlier = BodyOf(call)?.DescendantNodes().OfType<InvocationExpressionSyntax>().Count(other => other.SpanStart < call.SpanStart && NameOf(other) == name) ?? 0;
        return earlier == 0 ? name : $"{name}-{earlier + 1}";
    }

    /// <summary>The name of what a call of <c>OnceAsync</c> runs.</summary>
    public static string OfScope(InvocationExpressionSyntax scope)
    {
        ExpressionSyntax? effect = scope.ArgumentList.Arguments.Count > 1 ? scope.ArgumentList.Arguments[1].Expression : null;
        return effect switch
        {
            LambdaExpressionSyntax lambda when lambda.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call => Of(call),
            ExpressionSyntax group when Last(group) is { } name => NameRules.TaskWireName(name),
            _ => "effect",
        };
    }

    private static string NameOf(InvocationExpressionSyntax call) => NameRules.TaskWireName(Last(call.Expression) ?? "effect");

    private static string? Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    private static MemberDeclarationSyntax? BodyOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
}
