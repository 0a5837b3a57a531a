using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Completion;

namespace TypedTasks.Completion.Tests;

/// <summary>What a user sees who types a dot.</summary>
public sealed class CompletionTests
{
    internal const string Shop = """
        using System;
        using System.Threading.Tasks;
        using TypedTasks;

        namespace Shop;

        /// <summary>Everything about invoices.</summary>
        [TaskContract("invoices")]
        public interface IInvoices
        {
            /// <summary>Generates the invoice of an order.</summary>
            /// <param name="orderId">The order.</param>
            [Task]
            Task<string> GenerateAsync(Guid orderId, decimal amount);

            /// <summary>Reminds the customer.</summary>
            [Task]
            Task SendReminderAsync(Guid orderId);
        }

        """;

    private static readonly string[] OfEveryObject = ["Equals", "GetHashCode", "GetType", "ToString"];

    private static readonly string[] HandleMembers = ["CancelAsync", "ForgetAsync", "Id", "IsDuplicate", "ProgressAsync", "ResultAsync", "StateAsync", "WatchAsync"];

    [Fact]
    public async Task A_client_offers_its_tasks_and_no_plumbing()
    {
        using var editor = new Editor(Shop + "class Till(ITaskClient<IInvoices> client) { void Sell() { client.$$ } }");
        ImmutableArray<CompletionItem> offers = await editor.CompleteAsync();
        Assert.Equal(
            ["EnqueueManyAsync", "GenerateAsync", "GenerateHandle", "Remote", "SendReminderAsync", "SendReminderHandle"],
            Names(Unstarred(offers)).Except(OfEveryObject));
    }

    [Theory]
    [InlineData("GenerateAsync", "Generates the invoice of an order.")]
    [InlineData("SendReminderAsync", "Reminds the customer.")]
    [InlineData("GenerateHandle", "that was enqueued before, here or elsewhere")]
    [InlineData("Remote", "whose methods enqueue the task and wait for its outcome")]
    [InlineData("EnqueueManyAsync", "Enqueues many calls of one task")]
    public async Task What_a_client_offers_is_described(string name, string expected)
    {
        using var editor = new Editor(Shop + "class Till(ITaskClient<IInvoices> client) { void Sell() { client.$$ } }");
        CompletionItem offer = Assert.Single(Unstarred(await editor.CompleteAsync()), offer => offer.DisplayText == name);
        Assert.Contains(expected, await editor.DescribeAsync(offer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_offered_with_its_parameters_and_what_may_be_left_out()
    {
        using var editor = new Editor(Shop + "class Till(ITaskClient<IInvoices> client) { void Sell() { client.$$ } }");
        CompletionItem offer = Assert.Single(Unstarred(await editor.CompleteAsync()), offer => offer.DisplayText == "GenerateAsync");
        Assert.Contains(
            "GenerateAsync(Guid orderId, decimal amount, [EnqueueOptions options = default], [System.Threading.CancellationToken cancellationToken = default])",
            await editor.DescribeAsync(offer),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calls_of_a_contract_are_offered_by_name()
    {
        using var editor = new Editor(Shop + "class Till { void Sell() { InvoicesTasks.$$ } }");
        ImmutableArray<CompletionItem> offers = await editor.CompleteAsync();
        Assert.Equal(["Generate", "GenerateArguments", "GenerateLink", "SendReminder", "SendReminderArguments", "SendReminderLink"], Names(offers).Except(["Equals", "ReferenceEquals"]));
        Assert.Contains("Generates the invoice of an order.", await editor.DescribeAsync(offers.First(offer => offer.DisplayText == "Generate")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_remote_contract_offers_its_own_methods_alone()
    {
        using var editor = new Editor(Shop + "class Till(ITaskClient<IInvoices> client) { void Sell() { client.Remote.$$ } }");
        Assert.Equal(["GenerateAsync", "SendReminderAsync"], Names(await editor.CompleteAsync()).Except(OfEveryObject));
    }

    [Fact]
    public async Task A_handle_offers_what_one_does_with_a_task()
    {
        using var editor = new Editor(Shop + "class Till { void Sell(TaskHandle<string> handle) { handle.$$ } }");
        Assert.Equal(HandleMembers, Names(await editor.CompleteAsync()).Except([.. OfEveryObject, "==", "!="]));
    }

    [Theory]
    [InlineData("TypedTasks", "ITaskClient", "TaskCall", "TaskHandle", "EnqueueOptions", "TaskContext")]
    [InlineData("TypedTasks.MessagePack", "MessagePackException", "MessagePackReader")]
    [InlineData("TypedTasks.Calls")]
    [InlineData("TypedTasks.Manifest")]
    [InlineData("TypedTasks.Worker")]
    public async Task A_namespace_shows_nothing_that_only_generated_code_uses(string space, params string[] shown)
    {
        using var editor = new Editor(Shop + $"class Till {{ {space}.$$ client; }}");
        var offers = Names(await editor.CompleteAsync()).ToHashSet();
        Assert.Superset(shown.ToHashSet(), offers);
        foreach (Type type in typeof(ITaskClient<>).Assembly.GetExportedTypes().Where(type => type.Namespace == space && !type.IsNested))
        {
            Assert.Equal(!IsPlumbing(type), offers.Contains(type.Name.Split('`')[0]));
        }
    }

    // By where a type lives rather than by its attribute, so that a new codec or a new part of the generated code's side is hidden too.
    private static bool IsPlumbing(Type type) =>
        type.Namespace is "TypedTasks.Calls" or "TypedTasks.Manifest" or "TypedTasks.Worker"
        || (type.Namespace == "TypedTasks.MessagePack" && !type.Name.StartsWith("MessagePack", StringComparison.Ordinal) && !type.IsSubclassOf(typeof(Exception)));

    // What the editor makes of the members by itself.
    private static IEnumerable<CompletionItem> Unstarred(ImmutableArray<CompletionItem> offers) => offers.Where(offer => offer.DisplayTextPrefix.Length == 0);

    private static IEnumerable<string> Names(IEnumerable<CompletionItem> offers) => offers.Select(offer => offer.DisplayText);
}
