namespace TypedTasks.Shared.Model;

/// <summary>One task of a contract.</summary>
internal sealed record TaskModel
{
    /// <summary>The wire name of the contract that declares the task: an inherited task keeps its own.</summary>
    public required string ContractWireName { get; init; }

    /// <summary>The method's wire name: <c>generate</c>.</summary>
    public required string WireName { get; init; }

    /// <summary>The name on the wire: <c>invoices.generate</c>.</summary>
    public string FullWireName => $"{ContractWireName}.{WireName}";

    /// <summary>The interface that declares the method.</summary>
    public required TypeRef DeclaringType { get; init; }

    /// <summary>Whether the method is inherited from another contract.</summary>
    public required bool IsInherited { get; init; }

    /// <summary>The contract's method: <c>GenerateAsync</c>.</summary>
    public required string MethodName { get; init; }

    /// <summary>The method that makes the call value: <c>Generate</c>.</summary>
    public required string CallName { get; init; }

    /// <summary>The extension method of the client; the contract's method name, unless two tasks would share a signature.</summary>
    public required string ClientMethodName { get; init; }

    /// <summary>The extension method of the client that gives a handle of a task enqueued before: <c>GenerateHandle</c>.</summary>
    public required string HandleMethodName { get; init; }

    /// <summary>The method that makes the task's link, for canvases: <c>GenerateLink</c>; empty for a task without arguments, which can be given no result.</summary>
    public required string LinkName { get; init; }

    /// <summary>The struct of the arguments: <c>GenerateArguments</c>.</summary>
    public required string ArgumentsName { get; init; }

    /// <summary>What the method returns.</summary>
    public required ReturnShape Returns { get; init; }

    /// <summary>The result, or null where there is none.</summary>
    public required PayloadRef? Result { get; init; }

    /// <summary>Every parameter of the method, in order; those that travel have a payload.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>The parameters that travel, in wire order.</summary>
    public IEnumerable<ParameterModel> Arguments => Parameters.Where(parameter => parameter.Role == ParameterRole.Argument);

    /// <summary>What was declared of routing, retries and limits.</summary>
    public required TaskOptionsModel Options { get; init; }

    /// <summary>What the contract's author wrote above the method.</summary>
    public required DocumentationModel Documentation { get; init; }
}

/// <summary>What a contract method returns.</summary>
internal enum ReturnShape
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <summary>What a parameter is for.</summary>
internal enum ParameterRole
{
    /// <summary>Travels with the task.</summary>
    Argument,

    /// <summary>The handler's token, supplied by the worker.</summary>
    CancellationToken,

    /// <summary>The handler's context, supplied by the worker.</summary>
    Context,
}

/// <summary>A parameter of a contract method.</summary>
/// <param name="Name">The name, unescaped.</param>
/// <param name="PropertyName">Its name in the arguments struct: <c>OrderId</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Type">Its type.</param>
/// <param name="Codec">The codec of an argument; empty for the others.</param>
/// <param name="Default">Its default value as an expression, or null.</param>
internal sealed record ParameterModel(string Name, string PropertyName, ParameterRole Role, TypeRef Type, string Codec, string? Default);

/// <summary>XML documentation, ready to be written behind <c>///</c>.</summary>
/// <param name="Summary">The inner XML of the summary, or empty.</param>
/// <param name="Parameters">The inner XML of the documented parameters.</param>
internal sealed record DocumentationModel(string Summary, EquatableArray<ParameterDocumentation> Parameters)
{
    public static DocumentationModel None { get; } = new("", default);
}

/// <summary>The documentation of one parameter.</summary>
internal sealed record ParameterDocumentation(string Name, string Text);
