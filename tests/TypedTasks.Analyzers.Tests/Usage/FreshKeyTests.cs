using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Usage;

namespace TypedTasks.Analyzers.Tests.Usage;

/// <summary>TT430: keys that are made where they are passed.</summary>
public sealed class FreshKeyTests
{
    private const string Contract = """
        [TaskContract]
        public interface IPayments
        {
            [Task, Idempotent(Key = nameof(payment))] Task PayAsync(Guid payment, decimal amount);
            [Task, Idempotent(Key = "{customer}:{at}")] Task ChargeAsync(string customer, DateTimeOffset at);
            [Task, Idempotent] Task LogAsync(Guid entry);
        }
        """;

    [Theory]
    [InlineData("await payments.PayAsync({|TT430:Guid.NewGuid()|}, 1);")]
    [InlineData("await payments.EnqueueAsync(PaymentsTasks.Pay({|TT430:Guid.CreateVersion7()|}, 1));")]
    [InlineData("await payments.Remote.PayAsync({|TT430:Guid.NewGuid()|}, 1);")]
    [InlineData("await payments.ChargeAsync(\"a\", {|TT430:DateTimeOffset.UtcNow.AddDays(1)|});")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await payments.PayAsync({|TT430:Guid.NewGuid()|}, i); return; } catch (TimeoutException) { } }")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain(PaymentsTasks.Pay(order, 1)).Then(PaymentsTasks.Pay({|TT430:Guid.NewGuid()|}, 1)));")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain(PaymentsTasks.Pay({|TT430:Guid.NewGuid()|}, 1)).Then(PaymentsTasks.Charge(\"a\", {|TT430:DateTimeOffset.UtcNow|})));")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain(PaymentsTasks.Pay(order, 1)).Then(PaymentsTasks.Log(Guid.NewGuid())));")]
    [InlineData("await payments.PayAsync(order, 1);")]
    [InlineData("Guid id = Guid.NewGuid(); await payments.PayAsync(id, 1); Console.WriteLine(id);")]
    [InlineData("await payments.LogAsync(Guid.NewGuid());")]
    [InlineData("await payments.PayAsync(order, DateTime.UtcNow.Day);")]
    [InlineData("await payments.PayAsync(order, 1, new EnqueueOptions { Id = TaskId.New() });")]
    public Task Reports(string body) => Verify<FreshKeyAnalyzer>.VerifyAnalyzerAsync(
        Contract,
        $$"""public class Checkout(ITaskClient<IPayments> payments, ITaskCanvas canvas, Guid order) { public async Task RunAsync() { {{body}} await Task.Yield(); } public override string ToString() => $"{payments}{canvas}{order}"; }""");

    /// <summary>What is enqueued within a handler is TT416's business.</summary>
    [Fact]
    public Task A_handler_is_left_to_another_rule() => Verify<FreshKeyAnalyzer>.VerifyAnalyzerAsync(
        Contract,
        """
        [TaskContract] public interface IOrders { [Task, Idempotent] Task CompleteAsync(Guid order); }

        public class Orders(ITaskClient<IPayments> payments) : IOrders
        {
            public async Task CompleteAsync(Guid order) => await payments.PayAsync(Guid.NewGuid(), 1);
        }
        """);
}
