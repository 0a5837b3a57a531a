using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Canvases: what builds them, of call values and links, and <c>ITaskCanvas</c>, which enqueues them.</summary>
internal static class CanvasCalls
{
    private const string Suffix = "Link";

    /// <summary>Whether a method enqueues a canvas.</summary>
    public static bool Enqueues(IMethodSymbol method) => method.Name == "EnqueueAsync" && method.ContainingType?.IsNamed("TypedTasks.ITaskCanvas") == true;

    /// <summary>Whether a method makes a canvas, or goes on with one.</summary>
    public static bool Builds(IMethodSymbol method) => method.Name switch
    {
        "Chain" or "Group" => method.ContainingType.IsNamed("TypedTasks.Canvas"),
        "Then" or "ThenGroup" or "Join" => IsCanvas(method.ContainingType),
        _ => false,
    };

    /// <summary>Whether a type is that of a chain, a group or a link.</summary>
    public static bool IsCanvas(ITypeSymbol? type) => type is { Name: "TaskChain" or "TaskGroup" or "TaskLink", ContainingNamespace: { Name: "TypedTasks", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The method that makes the whole call of a task, where this one makes a call or a link of it: <c>MailTasks.Send</c> for <c>MailTasks.SendLink</c>; otherwise null.</summary>
    public static IMethodSymbol? CallOf(IMethodSymbol method)
    {
        if (TaskCalls.Is(method))
        {
            return method;
        }

        return method is { IsStatic: true, ReturnType: INamedTypeSymbol { Name: "TaskLink", TypeArguments.Length: 2 } } && method.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? method.ContainingType.GetMembers(method.Name.Substring(0, method.Name.Length - Suffix.Length)).OfType<IMethodSymbol>().FirstOrDefault(TaskCalls.Is)
            : null;
    }
}
