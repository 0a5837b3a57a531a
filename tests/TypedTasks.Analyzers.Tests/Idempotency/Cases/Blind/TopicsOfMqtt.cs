// A command to a device is published; what a device should be is kept at its topic. Which of the two a message is, a builder often says: nothing is said of either.
using System.Text;
using MQTTnet;

[TaskContract]
public interface IDevices
{
    [Task, Idempotent]
    Task OpenAsync(string door, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SetAsync(string thermostat, int degrees, CancellationToken cancellationToken = default);
}

public sealed class DeviceWorker(IMqttClient mqtt) : IDevices
{
    public Task OpenAsync(string door, CancellationToken cancellationToken) =>
        mqtt.PublishAsync(new MqttApplicationMessage { Topic = $"doors/{door}/open", Payload = [1] }, cancellationToken);

    public Task SetAsync(string thermostat, int degrees, CancellationToken cancellationToken) =>
        mqtt.PublishAsync(new MqttApplicationMessage { Topic = $"thermostats/{thermostat}/target", Payload = Encoding.ASCII.GetBytes($"{degrees}"), Retain = true }, cancellationToken);
}
