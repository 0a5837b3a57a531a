// A command is passed on within the project, and its handler mails.
using MediatR;
using SendGrid;
using SendGrid.Helpers.Mail;

public sealed record TellOwner(Guid Device, string Text) : IRequest;

public sealed class TellOwnerHandler(ISendGridClient mails) : IRequestHandler<TellOwner>
{
    public async Task Handle(TellOwner request, CancellationToken cancellationToken)
    {
        SendGridMessage message = new() { Subject = request.Text };
        message.AddTo($"{request.Device}@devices.example.com");
        await mails.SendEmailAsync(message, cancellationToken);
    }
}

[TaskContract]
public interface IDeviceAlarms
{
    [Task, Idempotent]
    Task RaiseAsync(Guid device, string text, CancellationToken cancellationToken = default);
}

public sealed class DeviceAlarmWorker(IMediator mediator) : IDeviceAlarms
{
    public async Task RaiseAsync(Guid device, string text, CancellationToken cancellationToken) =>
        await {|TT414:mediator.Send(new TellOwner(device, text), cancellationToken)|};
}
