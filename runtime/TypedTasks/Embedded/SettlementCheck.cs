using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Finds what is wrong with the arguments before anything changes: a batch is settled whole, or refused whole.</summary>
internal static class SettlementCheck
{
    public static void Check(ReadOnlySpan<Delivery> deliveries, int statuses)
    {
        CheckRoom(deliveries.Length, statuses);
        foreach (Delivery delivery in deliveries)
        {
            CheckOrigin(delivery);
        }
    }

    public static void Check(ReadOnlySpan<Settlement> settlements, int statuses, EmbeddedEngineOptions options)
    {
        CheckRoom(settlements.Length, statuses);
        foreach (ref readonly Settlement settlement in settlements)
        {
            CheckOrigin(settlement.Delivery);
            if (settlement.Kind is SettlementKind.Complete or SettlementKind.DeadLetter)
            {
                CheckEnd(in settlement, options);
            }
        }
    }

    private static void CheckRoom(int count, int statuses)
    {
        if (statuses < count)
        {
            throw new ArgumentException($"There is room for {statuses} statuses of {count} deliveries.", nameof(statuses));
        }
    }

    private static void CheckOrigin(Delivery delivery)
    {
        if (delivery is not TaskEntry)
        {
            throw new ArgumentException("A delivery was not received from the embedded engine.", nameof(delivery));
        }
    }

    private static void CheckEnd(in Settlement settlement, EmbeddedEngineOptions options)
    {
        if (settlement.State < TaskState.Succeeded)
        {
            throw new ArgumentException($"The task {settlement.Id} cannot end as {settlement.State}.", nameof(settlement));
        }

        if (settlement.Kind == SettlementKind.DeadLetter && settlement.Note is null)
        {
            throw new ArgumentException($"The task {settlement.Id} cannot become a dead letter without a note that says why.", nameof(settlement));
        }

        if (settlement.Outcome.Length > options.MaxOutcomeLength)
        {
            throw new ArgumentException(
                $"The outcome of the task {settlement.Id} is {settlement.Outcome.Length} bytes long; the embedded engine takes {options.MaxOutcomeLength} ({nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxOutcomeLength)}).",
                nameof(settlement));
        }
    }
}
