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

    public interface IMessageScheduler
    {
        Task ScheduleSend<T>(Uri destinationAddress, DateTime scheduledTime, T message, CancellationToken cancellationToken = default) where T : class;
    }

    public interface Response<T>
    {
        T Message { get; }
    }

    public interface IRequestClient<TRequest>
        where TRequest : class
    {
        Task<Response<T>> GetResponse<T>(TRequest message, CancellationToken cancellationToken = default) where T : class;
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

    public sealed class ServiceBusMessageBatch : IDisposable
    {
        public int Count => throw new NotSupportedException();
        public bool TryAddMessage(ServiceBusMessage message) => throw new NotSupportedException();
        public void Dispose() => throw new NotSupportedException();
    }

    public class ServiceBusSender
    {
        public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) => throw new NotSupportedException();
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

    public static class IChannelExtensions
    {
        public static ValueTask BasicPublishAsync(this IChannel channel, string exchange, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Confluent.Kafka
{
    public class Message<TKey, TValue>
    {
        public TKey? Key { get; set; }
        public TValue? Value { get; set; }
    }

    public class DeliveryReport<TKey, TValue>
    {
        public string? Topic { get; set; }
    }

    public interface IProducer<TKey, TValue>
    {
        void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null);
        void Flush(CancellationToken cancellationToken = default);
        Task ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.SQS
{
    public interface IAmazonSQS
    {
        Task SendMessageBatchAsync(Model.SendMessageBatchRequest request, CancellationToken cancellationToken = default);
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

        public class SendMessageBatchRequestEntry
        {
            public string? Id { get; set; }
            public string? MessageBody { get; set; }
            public string? MessageGroupId { get; set; }
            public string? MessageDeduplicationId { get; set; }
        }

        public class SendMessageBatchRequest
        {
            public string? QueueUrl { get; set; }
            public List<SendMessageBatchRequestEntry> Entries { get; set; } = [];
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
    public class CreateMessageOptions(string to)
    {
        public string To => to;
        public string? MessagingServiceSid { get; set; }
        public string? Body { get; set; }
    }

    public class MessageResource
    {
        public static Task<MessageResource> CreateAsync(CreateMessageOptions options) => throw new NotSupportedException();
        public static Task<MessageResource> CreateAsync(string to, string from, string body) => throw new NotSupportedException();
    }
}

namespace Azure.Storage.Blobs
{
    public class BlobContainerClient
    {
        public virtual BlobClient GetBlobClient(string blobName) => throw new NotSupportedException();
        public virtual Task UploadBlobAsync(string blobName, System.IO.Stream content, CancellationToken cancellationToken = default) => throw new NotSupportedException();
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

    public class PaymentIntentCreateOptions
    {
        public long? Amount { get; set; }
        public string? Currency { get; set; }
        public string? Customer { get; set; }
        public bool? Confirm { get; set; }
    }

    public class PaymentIntent
    {
        public string Id { get; set; } = "";
        public string Status { get; set; } = "";
    }

    public class PaymentIntentService
    {
        public virtual Task<PaymentIntent> CreateAsync(PaymentIntentCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<PaymentIntent> GetAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class TransferCreateOptions
    {
        public long? Amount { get; set; }
        public string? Currency { get; set; }
        public string? Destination { get; set; }
    }

    public class Transfer
    {
        public string Id { get; set; } = "";
    }

    public class TransferService
    {
        public virtual Task<Transfer> CreateAsync(TransferCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
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
