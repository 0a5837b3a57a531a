using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Completion;

namespace TypedTasks.Completion.Tests;

/// <summary>A contract's tasks come first behind a client.</summary>
public sealed class StarredTests
{
    private const string Star = "★ ";

    // In an order of its own, so that going by name would be seen.
    private const string Orders = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using TypedTasks;

        namespace Shop;

        /// <summary>Everything about orders.</summary>
        [TaskContract("orders")]
        public interface IOrders
        {
            /// <summary>Ships what a <see cref="Guid"/> names, unless <paramref name="orderId"/> is <see langword="default"/>.</summary>
            [Task]
            Task<string> ShipAsync(Guid orderId);

            /// <summary>Bills the customer.</summary>
            [Task]
            Task BillAsync(Guid orderId);

            [Task]
            Task AuditAsync();

            [Task("audit-one")]
            Task AuditAsync(Guid orderId);
        }

        """;

    private static readonly string[] InOrder = ["ShipAsync", "BillAsync", "AuditAsync"];

    [Theory]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { client.$$ } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { client?.$$ } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { async Task SellAsync() { await client.$$; } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { async Task SellAsync() { var handle = await client.$$\n } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { client.$$\n var next = 1; } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { client.$$\n client.AuditAsync(); } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { Func<object> Sell => () => client.$$; }")]
    [InlineData("class Till { readonly ITaskClient<IOrders> _client = null!; void Sell() { this._client.$$ } }")]
    [InlineData("class Till { ITaskClient<IOrders> Client() => null!; void Sell() { Client().$$ } }")]
    [InlineData("class Till(List<ITaskClient<IOrders>> clients) { void Sell() { clients[0].$$ } }")]
    [InlineData("class Till { void Sell<TClient>(TClient client) where TClient : ITaskClient<IOrders> { client.$$ } }")]
    [InlineData("interface IClient : ITaskClient<IOrders>; class Till(IClient client) { void Sell() { client.$$ } }")]
    public async Task The_tasks_come_first_in_the_order_of_their_contract(string source)
    {
        using var editor = new Editor(Orders + source);
        ImmutableArray<CompletionItem> offers = await editor.CompleteAsync();
        Assert.Equal(InOrder, offers.Take(InOrder.Length).Select(offer => offer.DisplayText));
        Assert.Equal(InOrder, Starred(offers).Select(offer => offer.DisplayText));
    }

    [Fact]
    public async Task They_come_first_too_where_a_name_was_begun()
    {
        using var editor = new Editor(Orders + "class Till(ITaskClient<IOrders> client) { void Sell() { client.Sh$$ } }");
        ImmutableArray<CompletionItem> offers = await editor.InvokeAsync();
        Assert.Equal(InOrder, offers.Take(InOrder.Length).Select(offer => offer.DisplayText));
        Assert.EndsWith("client.ShipAsync } }", await editor.TakeAsync(offers[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ShipAsync", "ValueTask<TaskHandle<string>>", "ShipAsync(Guid orderId, ", "Ships what a Guid names, unless orderId is default.")]
    [InlineData("BillAsync", "BillAsync(Guid orderId, ", "Bills the customer.")]
    public async Task They_are_described_as_in_their_contract(string name, params string[] expected)
    {
        using var editor = new Editor(Orders + "class Till(ITaskClient<IOrders> client) { void Sell() { client.$$ } }");
        string description = await editor.DescribeAsync(Starred(await editor.CompleteAsync()).First(offer => offer.DisplayText == name));
        Assert.All(expected, part => Assert.Contains(part, description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_taken_is_the_name_without_the_star()
    {
        using var editor = new Editor(Orders + "class Till(ITaskClient<IOrders> client) { void Sell() { client.$$ } }");
        CompletionItem offer = Starred(await editor.CompleteAsync()).First();
        Assert.EndsWith("client.ShipAsync } }", await editor.TakeAsync(offer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { client.Remote.$$ } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { nameof(client).$$ } }")]
    [InlineData("class Till(ITaskClient<IOrders> client) { void Sell() { OrdersTasks.$$ } }")]
    [InlineData("class Till(ITaskCanvas canvas) { void Sell() { canvas.$$ } }")]
    [InlineData("class Till { void Sell(TaskHandle<string> handle) { handle.$$ } }")]
    [InlineData("class Till { void Sell() { Shop.$$ } }")]
    [InlineData("class Till { void Sell() { missing.$$ } }")]
    [InlineData("class Till { double Half => 0.$$ }")]
    [InlineData("$$")]
    [InlineData(".$$")]
    public async Task Nothing_is_starred_elsewhere(string source)
    {
        using var editor = new Editor(Orders + source);
        Assert.Empty(Starred(await editor.CompleteAsync()));
    }

    [Fact]
    public async Task No_place_of_a_half_typed_file_is_too_much()
    {
        const string Source = "class Till(ITaskClient<IOrders> client) { async Task SellAsync() { await client?.ShipAsync(Guid.NewGuid()).AsTask()!; } }";
        for (int length = Source.IndexOf("await", StringComparison.Ordinal); length <= Source.Length; length++)
        {
            using var editor = new Editor(Orders + Source[..length] + "$$");
            ImmutableArray<CompletionItem> offers = await editor.InvokeAsync();
            bool expected = Source[..length].EndsWith("client?.", StringComparison.Ordinal) || IsNameBegun(Source[..length]);
            Assert.True(expected == Starred(offers).Any(), Source[..length]);
        }
    }

    // Within "client?.ShipAsync".
    private static bool IsNameBegun(string typed) =>
        typed.LastIndexOf("client?.", StringComparison.Ordinal) is > 0 and var at && typed[(at + "client?.".Length)..].All(char.IsLetter);

    private static IEnumerable<CompletionItem> Starred(ImmutableArray<CompletionItem> offers) => offers.Where(offer => offer.DisplayTextPrefix == Star);
}
