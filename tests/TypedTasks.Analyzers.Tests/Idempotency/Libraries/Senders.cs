// The shapes of libraries for mail, push, chat and storage in the cloud that handlers use, as far as the analyzers look at them.
namespace Amazon.S3
{
    public interface IAmazonS3
    {
        Task PutObjectAsync(Model.PutObjectRequest request, CancellationToken cancellationToken = default);
        Task DeleteObjectsAsync(Model.DeleteObjectsRequest request, CancellationToken cancellationToken = default);
        Task CopyObjectAsync(Model.CopyObjectRequest request, CancellationToken cancellationToken = default);
        Task PutObjectTaggingAsync(Model.PutObjectTaggingRequest request, CancellationToken cancellationToken = default);
        Task DeleteObjectAsync(string bucketName, string key, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class PutObjectRequest
        {
            public System.IO.Stream? InputStream { get; set; }
            public string? BucketName { get; set; }
            public string? Key { get; set; }
            public string? ContentBody { get; set; }
            public string? IfNoneMatch { get; set; }
        }

        public class CopyObjectRequest
        {
            public string? SourceBucket { get; set; }
            public string? SourceKey { get; set; }
            public string? DestinationBucket { get; set; }
            public string? DestinationKey { get; set; }
        }

        public class KeyVersion
        {
            public string? Key { get; set; }
        }

        public class DeleteObjectsRequest
        {
            public string? BucketName { get; set; }
            public List<KeyVersion> Objects { get; set; } = [];
        }

        public class Tag
        {
            public string? Key { get; set; }
            public string? Value { get; set; }
        }

        public class Tagging
        {
            public List<Tag> TagSet { get; set; } = [];
        }

        public class PutObjectTaggingRequest
        {
            public string? BucketName { get; set; }
            public string? Key { get; set; }
            public Tagging? Tagging { get; set; }
        }
    }

    namespace Transfer
    {
        public interface ITransferUtility
        {
            Task UploadAsync(System.IO.Stream stream, string bucketName, string key, CancellationToken cancellationToken = default);
        }
    }
}

namespace Amazon.SimpleEmail
{
    public interface IAmazonSimpleEmailService
    {
        Task SendEmailAsync(Model.SendEmailRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class SendEmailRequest
        {
            public string? Source { get; set; }
            public List<string> ToAddresses { get; set; } = [];
        }
    }
}

namespace Amazon.SimpleNotificationService
{
    public interface IAmazonSimpleNotificationService
    {
        Task PublishAsync(string topicArn, string message, CancellationToken cancellationToken = default);
        Task PublishAsync(Model.PublishRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class PublishRequest
        {
            public string? TopicArn { get; set; }
            public string? Message { get; set; }
            public string? MessageGroupId { get; set; }
            public string? MessageDeduplicationId { get; set; }
        }
    }
}

namespace FirebaseAdmin.Messaging
{
    public class MulticastMessage
    {
        public IReadOnlyList<string> Tokens { get; set; } = [];
    }

    public class Notification
    {
        public string? Title { get; set; }
        public string? Body { get; set; }
    }

    public class Message
    {
        public string? Token { get; set; }
        public string? Topic { get; set; }
        public Notification? Notification { get; set; }
    }

    public class FirebaseMessaging
    {
        public Task<string> SendAsync(Message message, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static FirebaseMessaging DefaultInstance => throw new NotSupportedException();
        public Task SendEachForMulticastAsync(MulticastMessage message, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace WebPush
{
    public class PushSubscription(string endpoint, string p256dh, string auth)
    {
        public string Endpoint => endpoint;
        public string P256DH => p256dh;
        public string Auth => auth;
    }

    public class WebPushClient
    {
        public virtual Task SendNotificationAsync(PushSubscription subscription, string? payload = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Discord.Webhook
{
    public class DiscordWebhookClient(string url)
    {
        public string Url => url;
        public Task<ulong> SendMessageAsync(string? text = null) => throw new NotSupportedException();
    }
}
