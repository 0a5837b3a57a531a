// That there is enough is no mark of having been here.
using Microsoft.EntityFrameworkCore;

public sealed class PrepaidCard
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public sealed class PrepaidContext : DbContext
{
    public DbSet<PrepaidCard> Cards => Set<PrepaidCard>();
}

[TaskContract]
public interface IPrepaidCards
{
    [Task, Idempotent]
    Task TakeAsync(Guid card, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class PrepaidCardWorker(PrepaidContext context) : IPrepaidCards
{
    public async Task TakeAsync(Guid card, decimal amount, CancellationToken cancellationToken)
    {
        PrepaidCard found = await context.Cards.SingleAsync(one => one.Id == card, cancellationToken);
        if (found.Balance < amount)
        {
            throw new InvalidOperationException("There is too little");
        }

        {|TT412:found.Balance = found.Balance - amount|};
        await context.SaveChangesAsync(cancellationToken);
    }
}
