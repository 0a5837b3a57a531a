// A domain of its own: an aggregate that is loaded by a repository, changed by its method, and saved.
using Microsoft.EntityFrameworkCore;

public sealed record Money(decimal Amount, string Currency)
{
    public static Money operator -(Money one, Money other) => one with { Amount = one.Amount - other.Amount };
}

public sealed class GiftCard
{
    private readonly List<Redemption> _redemptions = [];

    public Guid Id { get; private set; }
    public Money Balance { get; private set; } = new(0, "EUR");
    public IReadOnlyCollection<Redemption> Redemptions => _redemptions;

    public void Redeem(Guid order, Money amount)
    {
        if (_redemptions.Any(one => one.Order == order))
        {
            return;
        }

        _redemptions.Add(new Redemption(order, amount));
        Balance = Balance - amount;
    }
}

public sealed record Redemption(Guid Order, Money Amount);

public sealed class GiftCardContext : DbContext
{
    public DbSet<GiftCard> Cards => Set<GiftCard>();
}

public interface IGiftCards
{
    Task<GiftCard> GetAsync(Guid id, CancellationToken cancellationToken);

    Task SaveAsync(CancellationToken cancellationToken);
}

public sealed class GiftCards(GiftCardContext context) : IGiftCards
{
    public Task<GiftCard> GetAsync(Guid id, CancellationToken cancellationToken) => context.Cards.FirstAsync(one => one.Id == id, cancellationToken);

    public Task SaveAsync(CancellationToken cancellationToken) => context.SaveChangesAsync(cancellationToken);
}

[TaskContract]
public interface IGiftCardRedemptions
{
    [Task, Idempotent]
    Task RedeemAsync(Guid card, Guid order, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class GiftCardRedemptionWorker(IGiftCards cards) : IGiftCardRedemptions
{
    public async Task RedeemAsync(Guid card, Guid order, decimal amount, CancellationToken cancellationToken)
    {
        GiftCard found = await cards.GetAsync(card, cancellationToken);
        found.Redeem(order, new Money(amount, "EUR"));
        await cards.SaveAsync(cancellationToken);
    }
}
