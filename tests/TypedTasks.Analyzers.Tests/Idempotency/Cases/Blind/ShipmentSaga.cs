// What a saga does that starts: it orders a shipment and asks to be woken, each once more with every delivery.
using NServiceBus;

public sealed record ShipByFirst(Guid Order);

public sealed record EscalateShipment(Guid Order);

[TaskContract]
public interface IShipments
{
    [Task, Idempotent]
    Task StartAsync(Guid order);

    [Task, Idempotent]
    Task StartUnderIdsAsync(Guid order);
}

public sealed class ShipmentWorker(IMessageSession session) : IShipments
{
    public async Task StartAsync(Guid order)
    {
        await {|TT416:session.Send(new ShipByFirst(order))|};
        await {|TT416:session.SendLocal(new EscalateShipment(order))|};
    }

    public async Task StartUnderIdsAsync(Guid order)
    {
        await session.Send(new ShipByFirst(order), Under($"ship-{order}"));
        await session.Send(new EscalateShipment(order), Under($"escalate-{order}"));
    }

    private static SendOptions Under(string id)
    {
        SendOptions options = new();
        options.SetMessageId(id);
        return options;
    }
}
