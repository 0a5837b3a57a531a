namespace TypedTasks.Shared.Model;

/// <summary>
/// A valid contract, as everything after the reading sees it.
/// </summary>
/// <remarks>
/// A model holds strings, numbers, enums and arrays of models, all compared by value, and never a symbol, a node, a location or a compilation:
/// the generator's cache is as good as this equality, and a symbol here would keep a whole compilation alive.
/// </remarks>
/// <param name="Type">The interface.</param>
/// <param name="Namespace">Its namespace, empty for none.</param>
/// <param name="BaseName">What the generated types' names begin with: <c>Invoices</c> for <c>IInvoices</c>.</param>
/// <param name="WireName">The wire name: <c>invoices</c>.</param>
/// <param name="IsPublic">Whether the generated types are public; they are internal otherwise.</param>
/// <param name="Tasks">Its own tasks, then the inherited ones, in dispatch order.</param>
/// <param name="Payloads">The types that need a codec of their own, each once, those of inherited tasks included.</param>
internal sealed record ContractModel(
    TypeRef Type,
    string Namespace,
    string BaseName,
    string WireName,
    bool IsPublic,
    EquatableArray<TaskModel> Tasks,
    EquatableArray<PayloadModel> Payloads);
