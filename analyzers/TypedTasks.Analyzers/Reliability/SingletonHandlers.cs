using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>
/// The handlers that are registered as singletons, by their names as registrations write them: <c>AddWorker&lt;IMail, MailWorker&gt;(worker => worker.Lifetime = ServiceLifetime.Singleton)</c>
/// or <c>AddSingleton&lt;MailWorker&gt;()</c>. The registration may be in any file. Found when first asked for; safe from any thread.
/// </summary>
internal sealed class SingletonHandlers(Compilation compilation)
{
    private HashSet<string>? _names;

    public bool Contains(INamedTypeSymbol handler, CancellationToken cancellationToken) =>
        LazyInitializer.EnsureInitialized(ref _names, () => new HashSet<string>(Names(cancellationToken), StringComparer.Ordinal))!.Contains(handler.Name);

    private IEnumerable<string> Names(CancellationToken cancellationToken) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes())
        .OfType<GenericNameSyntax>()
        .Select(NameOf)
        .Where(name => name is not null)!;

    private static string? NameOf(GenericNameSyntax name) => name switch
    {
        { Identifier.ValueText: "AddSingleton" or "TryAddSingleton", TypeArgumentList.Arguments: [.., var handler] } => handler.LastName(),
        { Identifier.ValueText: "AddWorker", TypeArgumentList.Arguments: [_, var handler] } when CallOf(name) is { } call && IsSingleton(call) => handler.LastName(),
        _ => null,
    };

    private static InvocationExpressionSyntax? CallOf(GenericNameSyntax name) => (name.Parent is MemberAccessExpressionSyntax access ? access.Parent : name.Parent) as InvocationExpressionSyntax;

    private static bool IsSingleton(InvocationExpressionSyntax call) => call.ArgumentList.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
        Last(assignment.Left) == "Lifetime" && Last(assignment.Right) == "Singleton");

    private static string Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
