using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Calls that reach a handler of the same project by the type of what they are given: MediatR and its like.</summary>
internal static class Mediators
{
    private static readonly string[] Spaces = ["MediatR", "Mediator"];
    private static readonly string[] Inboxes = ["Idempoten", "Inbox", "Dedup", "Duplicate"];

    /// <summary>The type of the request or notification, or null where the call is not a mediator's.</summary>
    public static ITypeSymbol? RequestOf(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        return method.Name is "Send" or "SendAsync" or "Publish" or "PublishAsync" && IsMediators(method.ContainingNamespace) &&
            invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (method.IsExtensionMethod ? 1 : 0)) is { } request
                ? request.Value.Unconverted().Type
                : null;
    }

    /// <summary>An interface by which a mediator finds what handles a type: its first type argument.</summary>
    public static bool IsHandler(INamedTypeSymbol type) => type.Name.EndsWith("Handler", StringComparison.Ordinal) && IsMediators(type.ContainingNamespace);

    /// <summary>The name of a step before all handlers that leaves out what was handled already.</summary>
    public static bool IsInbox(string name) => Inboxes.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsMediators(INamespaceSymbol? space) => space is { ContainingNamespace.IsGlobalNamespace: true } && Spaces.Contains(space.Name);
}
