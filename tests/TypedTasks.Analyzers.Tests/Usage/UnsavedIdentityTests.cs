using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Tests.Idempotency;
using TypedTasks.Analyzers.Usage;
using TypedTasks.CodeFixes.Usage;

namespace TypedTasks.Analyzers.Tests.Usage;

/// <summary>TT704: numbers that the database has not given yet.</summary>
public sealed class UnsavedIdentityTests
{
    [Theory]
    [InlineData("var order = new Order(); db.Orders.Add(order); await shipping.ShipAsync({|TT704:order.Id|}); await db.SaveChangesAsync();")]
    [InlineData("var order = new Order { Name = \"a\" }; await db.Orders.AddAsync(order); await shipping.EnqueueAsync(ShippingTasks.Ship({|TT704:order.Id|}));")]
    [InlineData("Order order = new(); db.Add(order); await shipping.Remote.ShipAsync({|TT704:order.Id|});")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Ship({|TT704:order.Id|})));")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await db.SaveChangesAsync(); await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Ship(order.Id)));")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await db.SaveChangesAsync(); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await CommitAsync(); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await StoreAllAsync(db); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await NumberAsync(order); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order { Id = 7 }; db.Orders.Add(order); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order(); order.Id = 7; db.Orders.Add(order); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = await db.Orders.FindAsync(1); db.Orders.Remove(order!); await shipping.ShipAsync(order!.Id);")]
    [InlineData("var order = new Order(); db.Orders.Add(order); await shipping.ShipAsync(order.Customer);")]
    [InlineData("var parcel = new Parcel(); db.Add(parcel); await shipping.SendAsync(parcel.Id);")]
    [InlineData("var order = new Order(); await shipping.ShipAsync(order.Id);")]
    [InlineData("var order = new Order(); db.Orders.Add(order); later.Add(async () => await shipping.ShipAsync(order.Id)); await db.SaveChangesAsync();")]
    public Task Reports(string body) => Verify<UnsavedIdentityAnalyzer>.VerifyAnalyzerAsync(Checkout(body));

    [Fact]
    public Task It_is_enqueued_after_the_save() => Verify<UnsavedIdentityAnalyzer, AfterCommitFix>.VerifyCodeFixAsync(
        Checkout("""
            var order = new Order();
                    db.Orders.Add(order);
                    // now
                    await shipping.ShipAsync(order.Id); // or never
                    await db.SaveChangesAsync();
            """),
        Checkout("""
            var order = new Order();
                    db.Orders.Add(order);
                    await db.SaveChangesAsync();
                    // now
                    await shipping.ShipAsync(order.Id); // or never
            """).Sources);

    private static TestCode Checkout(string body) => new()
    {
        Sources =
        [
            $$"""
            using Microsoft.EntityFrameworkCore;

            public class Order { public int Id { get; set; } public int Customer { get; set; } public string Name { get; set; } = ""; }
            public class Parcel { public Guid Id { get; set; } }
            public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

            [TaskContract]
            public interface IShipping { [Task] Task ShipAsync(int order); [Task] Task SendAsync(Guid parcel); }

            public class Checkout(Shop db, ITaskClient<IShipping> shipping, ITaskCanvas canvas, List<Func<Task>> later)
            {
                public async Task RunAsync()
                {
                    {{body}}
                    await Task.Yield();
                }

                private Task CommitAsync() => db.SaveChangesAsync();

                private static Task StoreAllAsync(Shop shop) => shop.SaveChangesAsync();

                private static Task NumberAsync(Order order) => Task.FromResult(order);

                public override string ToString() => $"{db}{shipping}{later}{CommitAsync()}{NumberAsync(new())}{StoreAllAsync(db)}";
            }
            """,
        ],
        References = [EffectCase.Libraries],
    };
}
