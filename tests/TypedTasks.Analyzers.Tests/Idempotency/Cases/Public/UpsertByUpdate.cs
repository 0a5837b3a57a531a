// Update writes the row as a whole, whether it is there or not.
using Microsoft.EntityFrameworkCore;

public sealed class DeviceState
{
    public Guid Id { get; set; }
    public string Firmware { get; set; } = "";
}

public sealed class DeviceContext : DbContext
{
    public DbSet<DeviceState> Devices => Set<DeviceState>();
}

[TaskContract]
public interface IDeviceStates
{
    [Task, Idempotent]
    Task ReportAsync(Guid device, string firmware, CancellationToken cancellationToken = default);
}

public sealed class DeviceStateWorker(DeviceContext context) : IDeviceStates
{
    public async Task ReportAsync(Guid device, string firmware, CancellationToken cancellationToken)
    {
        DeviceState state = new() { Id = device, Firmware = firmware };
        bool exists = await context.Devices.AsNoTracking().AnyAsync(one => one.Id == device, cancellationToken);
        if (exists)
        {
            context.Devices.Update(state);
        }
        else
        {
            context.Devices.Add(state);
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
