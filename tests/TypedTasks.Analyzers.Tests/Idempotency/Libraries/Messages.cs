// The shapes of messaging, mail and storage libraries that handlers use, as far as the analyzers look at them.
namespace MassTransit
{
    public interface PublishContext
    {
        Guid? MessageId { get; set; }
    }

    public interface IPublishEndpoint
    {
        Task Publish<T>(T message, CancellationToken cancellationToken = default);
        Task Publish<T>(T message, Action<PublishContext> configure, CancellationToken cancellationToken = default);
    }

    public interface IBus : IPublishEndpoint;

    public interface ISendEndpoint
    {
        Task Send<T>(T message, CancellationToken cancellationToken = default);
    }

    public interface ISendEndpointProvider
    {
        Task<ISendEndpoint> GetSendEndpoint(Uri address);
    }
}

namespace Azure.Messaging.ServiceBus
{
    public class ServiceBusMessage(string body)
    {
        public string Body => body;
        public string MessageId { get; set; } = "";
        public string Subject { get; set; } = "";
    }

    public class ServiceBusSender
    {
        public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace RabbitMQ.Client
{
    public interface IBasicProperties
    {
        string? MessageId { get; set; }
    }

    public interface IModel
    {
        IBasicProperties CreateBasicProperties();
        void BasicPublish(string exchange, string routingKey, bool mandatory, IBasicProperties basicProperties, ReadOnlyMemory<byte> body);
    }
}

namespace RabbitMQ.Client
{
    public class BasicProperties
    {
        public bool Persistent { get; set; }
        public string? MessageId { get; set; }
    }

    public interface IChannel
    {
        ValueTask BasicPublishAsync(string exchange, string routingKey, bool mandatory, BasicProperties basicProperties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default);
    }
}

namespace Confluent.Kafka
{
    public class Message<TKey, TValue>
    {
        public TKey? Key { get; set; }
        public TValue? Value { get; set; }
    }

    public interface IProducer<TKey, TValue>
    {
        Task ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.SQS
{
    public interface IAmazonSQS
    {
        Task SendMessageAsync(Model.SendMessageRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class SendMessageRequest
        {
            public string? QueueUrl { get; set; }
            public string? MessageBody { get; set; }
            public string? MessageDeduplicationId { get; set; }
        }
    }
}

namespace MimeKit
{
    public class MimeMessage
    {
        public string? Subject { get; set; }
        public string MessageId { get; set; } = "";
    }
}

namespace MailKit
{
    public interface IMailTransport
    {
        Task<string> SendAsync(MimeKit.MimeMessage message, CancellationToken cancellationToken = default);
    }

    namespace Net.Smtp
    {
        public interface ISmtpClient : IMailTransport
        {
            Task ConnectAsync(string host, int port);
        }

        public class SmtpClient : ISmtpClient, IDisposable
        {
            public Task ConnectAsync(string host, int port) => throw new NotSupportedException();
            public Task<string> SendAsync(MimeKit.MimeMessage message, CancellationToken cancellationToken = default) => throw new NotSupportedException();
            public void Dispose() => throw new NotSupportedException();
        }
    }
}

namespace SendGrid
{
    public interface ISendGridClient
    {
        Task SendEmailAsync(Helpers.Mail.SendGridMessage msg, CancellationToken cancellationToken = default);
    }

    namespace Helpers.Mail
    {
        public class SendGridMessage
        {
            public string? Subject { get; set; }
            public void AddTo(string address) => throw new NotSupportedException();
        }
    }
}

namespace Twilio.Rest.Api.V2010.Account
{
    public class MessageResource
    {
        public static Task<MessageResource> CreateAsync(string to, string from, string body) => throw new NotSupportedException();
    }
}

namespace Azure.Storage.Blobs
{
    public class BlobContainerClient
    {
        public virtual BlobClient GetBlobClient(string blobName) => throw new NotSupportedException();
    }

    public class BlobClient
    {
        public virtual Task UploadAsync(System.IO.Stream content, bool overwrite = false, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    namespace Specialized
    {
        public class AppendBlobClient
        {
            public virtual Task AppendBlockAsync(System.IO.Stream content, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        }
    }
}

namespace Stripe
{
    public class RequestOptions
    {
        public string? IdempotencyKey { get; set; }
    }

    public class ChargeCreateOptions
    {
        public long? Amount { get; set; }
        public string? Customer { get; set; }
    }

    public class Charge
    {
        public string Id { get; set; } = "";
    }

    public class RefundCreateOptions
    {
        public string? Charge { get; set; }
        public long? Amount { get; set; }
    }

    public class Refund
    {
        public string Id { get; set; } = "";
    }

    public class RefundService
    {
        public virtual Task<Refund> CreateAsync(RefundCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class InvoiceItemCreateOptions
    {
        public string? Customer { get; set; }
        public long? Amount { get; set; }
    }

    public class InvoiceItem
    {
        public string Id { get; set; } = "";
    }

    public class InvoiceItemService
    {
        public virtual Task<InvoiceItem> CreateAsync(InvoiceItemCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class ChargeService
    {
        public virtual Task<Charge> CreateAsync(ChargeCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
