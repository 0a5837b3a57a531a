using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>Polly's policies and pipelines that try again: by their type, or by how they are made in this project.</summary>
internal static class RetryPolicies
{
    /// <summary>The expression that a policy is executed by, or null where the call is none, or not one that is known to try again.</summary>
    public static SyntaxNode? Executed(IOperation operation, CancellationToken cancellationToken) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Execute" or "ExecuteAsync" or "ExecuteAndCapture" or "ExecuteAndCaptureAsync" } method, Instance: { } policy } call && IsPolly(method.ContainingType) &&
        TriesAgain(policy.Unconverted(), cancellationToken)
            ? (call.Syntax as InvocationExpressionSyntax)?.Expression
            : null;

    private static bool TriesAgain(IOperation policy, CancellationToken cancellationToken) =>
        (policy.Type is { } type && IsPolly(type) && type.Name.EndsWith("RetryPolicy", StringComparison.Ordinal)) || policy switch
        {
            ILocalReferenceOperation { Local: var local } => IsMadeToRetry(local, cancellationToken),
            IMemberReferenceOperation { Member: var member } => IsMadeToRetry(member, cancellationToken) || IsAssignedRetry(member, cancellationToken),
            IInvocationOperation => NamesRetry(policy.Syntax),
            _ => false,
        };

    private static bool IsMadeToRetry(ISymbol symbol, CancellationToken cancellationToken) => symbol.DeclaringSyntaxReferences.Any(reference => NamesRetry(reference.GetSyntax(cancellationToken)));

    // _policy = Policy.Handle<…>().WaitAndRetryAsync(…) in a constructor.
    private static bool IsAssignedRetry(ISymbol member, CancellationToken cancellationToken) =>
        member.ContainingType.InstanceConstructors.Concat(member.ContainingType.StaticConstructors)
            .SelectMany(constructor => constructor.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<ConstructorDeclarationSyntax>()
            .SelectMany(constructor => constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
            .Any(assignment => assignment.Left switch
            {
                IdentifierNameSyntax name => name.Identifier.ValueText,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
                _ => null,
            } == member.Name && NamesRetry(assignment.Right));

    private static bool NamesRetry(SyntaxNode syntax) => syntax.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax
    {
        Name.Identifier.ValueText: "Retry" or "RetryAsync" or "RetryForever" or "RetryForeverAsync" or "WaitAndRetry" or "WaitAndRetryAsync" or "WaitAndRetryForever" or "WaitAndRetryForeverAsync" or "AddRetry",
    });

    private static bool IsPolly(ITypeSymbol type) => type.RootNamespace() == "Polly";
}
