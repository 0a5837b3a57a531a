// Remote procedures that set and ask.
using Grpc.Core;

public sealed record DeviceState(string Device, bool On);

public class DeviceServiceClient : ClientBase<DeviceServiceClient>
{
    public virtual AsyncUnaryCall<DeviceState> UpdateStateAsync(DeviceState request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual AsyncUnaryCall<DeviceState> GetStateAsync(DeviceState request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual AsyncUnaryCall<DeviceState> SynchronizeAsync(DeviceState request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

[TaskContract]
public interface IRemoteDeviceStates
{
    [Task, Idempotent]
    ValueTask<bool> SwitchAsync(string device, bool on, CancellationToken cancellationToken = default);
}

public sealed class DeviceStateWorker(DeviceServiceClient devices) : IRemoteDeviceStates
{
    public async ValueTask<bool> SwitchAsync(string device, bool on, CancellationToken cancellationToken)
    {
        await devices.UpdateStateAsync(new DeviceState(device, on), cancellationToken: cancellationToken);
        await devices.SynchronizeAsync(new DeviceState(device, on), cancellationToken: cancellationToken);
        DeviceState state = await devices.GetStateAsync(new DeviceState(device, on), cancellationToken: cancellationToken);
        return state.On == on;
    }
}
