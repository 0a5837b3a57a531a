// The shapes of providers that handlers call: events, queries of large tables, issues, letters, chats and documents, as far as the analyzers look at them.
namespace Azure
{
    public enum WaitUntil
    {
        Completed,
        Started,
    }
}

namespace Azure.Communication.Email
{
    public class EmailSendOperation;

    public class EmailClient
    {
        public virtual Task<EmailSendOperation> SendAsync(WaitUntil wait, string senderAddress, string recipientAddress, string subject, string htmlContent, string? plainTextContent = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Azure.Search.Documents
{
    public class SearchClient
    {
        public virtual Task MergeOrUploadDocumentsAsync<T>(IEnumerable<T> documents, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task DeleteDocumentsAsync(string keyName, IEnumerable<string> keyValues, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Meilisearch
{
    public class TaskInfo;

    public class Index
    {
        public Task<TaskInfo> AddDocumentsAsync<T>(IEnumerable<T> documents, string? primaryKey = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class MeilisearchClient
    {
        public Index Index(string uid) => throw new NotSupportedException();
    }
}

namespace Amazon.SimpleEmailV2
{
    public interface IAmazonSimpleEmailServiceV2
    {
        Task SendEmailAsync(Model.SendEmailRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class Destination
        {
            public List<string> ToAddresses { get; set; } = [];
        }

        public class SendEmailRequest
        {
            public string? FromEmailAddress { get; set; }
            public Destination? Destination { get; set; }
        }
    }
}

namespace Amazon.EventBridge
{
    public interface IAmazonEventBridge
    {
        Task PutEventsAsync(Model.PutEventsRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class PutEventsRequestEntry
        {
            public string? Source { get; set; }
            public string? DetailType { get; set; }
            public string? Detail { get; set; }
        }

        public class PutEventsRequest
        {
            public List<PutEventsRequestEntry> Entries { get; set; } = [];
        }
    }
}

namespace Amazon.StepFunctions
{
    public interface IAmazonStepFunctions
    {
        Task StartExecutionAsync(Model.StartExecutionRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class StartExecutionRequest
        {
            public string? StateMachineArn { get; set; }
            public string? Name { get; set; }
            public string? Input { get; set; }
        }

        public class ExecutionAlreadyExistsException : Exception;
    }
}

namespace SlackNet.WebApi
{
    public class Message
    {
        public string? Channel { get; set; }
        public string? Text { get; set; }
    }

    public class PostMessageResponse;

    public interface IChatApi
    {
        Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken = default);
    }
}

namespace Telegram.Bot
{
    public interface ITelegramBotClient;

    public class Message;

    public static class TelegramBotClientExtensions
    {
        public static Task<Message> SendMessage(this ITelegramBotClient botClient, long chatId, string text, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace EventStore.Client
{
    public readonly struct Uuid
    {
        public static Uuid NewUuid() => throw new NotSupportedException();
        public static Uuid FromGuid(Guid value) => throw new NotSupportedException();
    }

    public readonly struct StreamRevision(ulong value)
    {
        public ulong Value => value;
    }

    public readonly struct StreamState
    {
        public static readonly StreamState Any;
        public static readonly StreamState NoStream;
    }

    public sealed class EventData(Uuid eventId, string type, ReadOnlyMemory<byte> data)
    {
        public Uuid EventId => eventId;
        public string Type => type;
        public ReadOnlyMemory<byte> Data => data;
    }

    public interface IWriteResult;

    public class WrongExpectedVersionException : Exception;

    public class EventStoreClient
    {
        public Task<IWriteResult> AppendToStreamAsync(string streamName, StreamRevision expectedRevision, IEnumerable<EventData> eventData, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public Task<IWriteResult> AppendToStreamAsync(string streamName, StreamState expectedState, IEnumerable<EventData> eventData, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Google.Cloud.BigQuery.V2
{
    public class BigQueryInsertRow(string? insertId = null) : System.Collections.IEnumerable
    {
        public string? InsertId { get; set; } = insertId;
        public void Add(string key, object value) => throw new NotSupportedException();
        public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
    }

    public class BigQueryInsertResults;

    public abstract class BigQueryClient
    {
        public virtual Task<BigQueryInsertResults> InsertRowAsync(string datasetId, string tableId, BigQueryInsertRow row, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Google.Cloud.Tasks.V2
{
    public class Task
    {
        public string Name { get; set; } = "";
        public string Url { get; set; } = "";
    }

    public class CreateTaskRequest
    {
        public string Parent { get; set; } = "";
        public Task? Task { get; set; }
    }

    public abstract class CloudTasksClient
    {
        public virtual System.Threading.Tasks.Task<Task> CreateTaskAsync(CreateTaskRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

namespace Octokit
{
    public class NewIssue(string title)
    {
        public string Title => title;
        public string? Body { get; set; }
    }

    public class Issue
    {
        public int Number => throw new NotSupportedException();
    }

    public interface IIssuesClient
    {
        Task<Issue> Get(string owner, string name, int number);
        Task<Issue> Create(string owner, string name, NewIssue newIssue);
    }

    public interface IGitHubClient
    {
        IIssuesClient Issue { get; }
    }
}

namespace Braintree
{
    public class TransactionRequest
    {
        public decimal Amount { get; set; }
        public string? PaymentMethodToken { get; set; }
        public string? OrderId { get; set; }
    }

    public class Transaction;

    public class Result<T>
    {
        public virtual bool IsSuccess() => throw new NotSupportedException();
    }

    public interface ITransactionGateway
    {
        Task<Result<Transaction>> SaleAsync(TransactionRequest request);
        Task<Result<Transaction>> RefundAsync(string id, decimal amount);
        Task<Transaction> FindAsync(string id);
    }

    public interface IBraintreeGateway
    {
        ITransactionGateway Transaction { get; }
    }
}

namespace MQTTnet
{
    public class MqttApplicationMessage
    {
        public string? Topic { get; set; }
        public byte[] Payload { get; set; } = [];
        public bool Retain { get; set; }
    }

    public class MqttClientPublishResult;

    public interface IMqttClient
    {
        Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);
    }
}

namespace System.ServiceModel
{
    public abstract class ClientBase<TChannel>
        where TChannel : class
    {
        protected TChannel Channel => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class ServiceContractAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OperationContractAttribute : Attribute
    {
        public string? Action { get; set; }
    }
}

namespace Renci.SshNet
{
    public interface ISftpClient : IDisposable
    {
        void UploadFile(System.IO.Stream input, string path, bool canOverride = true);
        void AppendAllText(string path, string contents);
        void WriteAllText(string path, string contents);
    }

    public class SftpClient : ISftpClient
    {
        public void UploadFile(System.IO.Stream input, string path, bool canOverride = true) => throw new NotSupportedException();
        public void AppendAllText(string path, string contents) => throw new NotSupportedException();
        public void WriteAllText(string path, string contents) => throw new NotSupportedException();
        public void Dispose() => throw new NotSupportedException();
    }
}

namespace OpenAI.Chat
{
    public class ChatMessage
    {
        public static implicit operator ChatMessage(string content) => throw new NotSupportedException();
    }

    public class ChatMessageContentPart
    {
        public string Text => throw new NotSupportedException();
    }

    public class ChatCompletion
    {
        public IReadOnlyList<ChatMessageContentPart> Content => throw new NotSupportedException();
    }

    public class ChatClient
    {
        public virtual Task<ChatCompletion> CompleteChatAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace System.Threading.RateLimiting
{
    public abstract class RateLimitLease : IDisposable
    {
        public abstract bool IsAcquired { get; }
        public void Dispose() => throw new NotSupportedException();
    }

    public abstract class RateLimiter
    {
        public ValueTask<RateLimitLease> AcquireAsync(int permitCount = 1, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
