// The shapes of remote calls and search engines that handlers use, as far as the analyzers look at them.
namespace Grpc.Core
{
    public sealed class Metadata : List<KeyValuePair<string, string>>
    {
        public void Add(string key, string value) => Add(new KeyValuePair<string, string>(key, value));
    }

    public readonly struct CallOptions;

    public class CallInvoker;

    public abstract class ClientBase;

    public abstract class ClientBase<T> : ClientBase
        where T : ClientBase<T>
    {
        protected ClientBase() => throw new NotSupportedException();
        protected ClientBase(CallInvoker callInvoker) => throw new NotSupportedException();
        protected CallInvoker CallInvoker => throw new NotSupportedException();
    }

    public sealed class AsyncUnaryCall<TResponse> : IDisposable
    {
        public Task<TResponse> ResponseAsync => throw new NotSupportedException();
        public System.Runtime.CompilerServices.TaskAwaiter<TResponse> GetAwaiter() => throw new NotSupportedException();
        public void Dispose() => throw new NotSupportedException();
    }

    public enum StatusCode
    {
        OK,
        NotFound,
        AlreadyExists,
    }

    public class RpcException : Exception
    {
        public StatusCode StatusCode => throw new NotSupportedException();
    }
}

namespace Elastic.Clients.Elasticsearch
{
    public sealed class Id
    {
        public static implicit operator Id(string id) => throw new NotSupportedException();
        public static implicit operator Id(Guid id) => throw new NotSupportedException();
    }

    public sealed class IndexName
    {
        public static implicit operator IndexName(string name) => throw new NotSupportedException();
    }

    public sealed class IndexRequestDescriptor<T>
    {
        public IndexRequestDescriptor<T> Index(IndexName index) => throw new NotSupportedException();
        public IndexRequestDescriptor<T> Id(Id? id) => throw new NotSupportedException();
    }

    public sealed class IndexResponse
    {
        public bool IsValidResponse => throw new NotSupportedException();
    }

    public sealed class DeleteResponse;

    public sealed class UpdateResponse<T>;

    public sealed class ScriptDescriptor
    {
        public ScriptDescriptor Source(string source) => throw new NotSupportedException();
        public ScriptDescriptor Params(Action<Dictionary<string, object>> values) => throw new NotSupportedException();
    }

    public sealed class UpdateRequestDescriptor<T, TPartial>
    {
        public UpdateRequestDescriptor<T, TPartial> Script(Action<ScriptDescriptor> configure) => throw new NotSupportedException();
        public UpdateRequestDescriptor<T, TPartial> Doc(TPartial doc) => throw new NotSupportedException();
        public UpdateRequestDescriptor<T, TPartial> DocAsUpsert(bool docAsUpsert = true) => throw new NotSupportedException();
    }

    public class ElasticsearchClient
    {
        public virtual Task<IndexResponse> IndexAsync<T>(T document, IndexName index, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<IndexResponse> IndexAsync<T>(T document, IndexName index, Id id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<IndexResponse> IndexAsync<T>(T document, Action<IndexRequestDescriptor<T>> configureRequest, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<UpdateResponse<T>> UpdateAsync<T, TPartial>(IndexName index, Id id, Action<UpdateRequestDescriptor<T, TPartial>> configureRequest, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<DeleteResponse> DeleteAsync(IndexName index, Id id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Nest
{
    public class IndexResponse
    {
        public bool IsValid => throw new NotSupportedException();
    }

    public class IndexDescriptor<T>
    {
        public IndexDescriptor<T> Index(string index) => throw new NotSupportedException();
        public IndexDescriptor<T> Id(string id) => throw new NotSupportedException();
    }

    public interface IElasticClient
    {
        Task<IndexResponse> IndexDocumentAsync<T>(T document, CancellationToken ct = default) where T : class;
        Task<IndexResponse> IndexAsync<T>(T document, Func<IndexDescriptor<T>, IndexDescriptor<T>> selector, CancellationToken ct = default) where T : class;
    }
}

namespace Azure.Data.Tables
{
    public interface ITableEntity
    {
        string PartitionKey { get; set; }
        string RowKey { get; set; }
    }

    public class TableClient
    {
        public virtual Task AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity => throw new NotSupportedException();
        public virtual Task UpsertEntityAsync<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity => throw new NotSupportedException();
    }
}

namespace Azure.Messaging.EventHubs
{
    public class EventData(string body)
    {
        public string Body => body;
    }

    namespace Producer
    {
        public class EventHubProducerClient
        {
            public virtual Task SendAsync(IEnumerable<EventData> events, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        }
    }
}

namespace NATS.Client.JetStream
{
    public record NatsJSPubOpts
    {
        public string? MsgId { get; init; }
    }

    public sealed class PubAckResponse;

    public interface INatsJSContext
    {
        ValueTask<PubAckResponse> PublishAsync<T>(string subject, T? data, NatsJSPubOpts? opts = null, CancellationToken cancellationToken = default);
    }
}

namespace Google.Cloud.PubSub.V1
{
    public class PubsubMessage
    {
        public Google.Protobuf.ByteString? Data { get; set; }
        public string OrderingKey { get; set; } = "";
        public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();
    }

    public abstract class PublisherClient
    {
        public virtual Task<string> PublishAsync(PubsubMessage message) => throw new NotSupportedException();
        public virtual Task<string> PublishAsync(string message) => throw new NotSupportedException();
    }
}

namespace Google.Protobuf
{
    public sealed class ByteString
    {
        public static ByteString CopyFromUtf8(string text) => throw new NotSupportedException();
    }
}

namespace Google
{
    public class GoogleApiException : Exception
    {
        public System.Net.HttpStatusCode HttpStatusCode => throw new NotSupportedException();
    }
}

namespace Google.Cloud.Storage.V1
{
    public class UploadObjectOptions
    {
        public long? IfGenerationMatch { get; set; }
    }

    public sealed class StoredObject;

    public abstract class StorageClient
    {
        public virtual Task<StoredObject> UploadObjectAsync(string bucket, string objectName, string contentType, System.IO.Stream source, UploadObjectOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Google.Cloud.Firestore
{
    public abstract class FieldValue
    {
        public static object ServerTimestamp => throw new NotSupportedException();
        public static object Increment(long value) => throw new NotSupportedException();
    }

    public sealed class SetOptions
    {
        public static SetOptions MergeAll => throw new NotSupportedException();
    }

    public sealed class Precondition
    {
        public static Precondition LastUpdated(DateTimeOffset lastUpdateTime) => throw new NotSupportedException();
    }

    public sealed class WriteResult;

    public class DocumentReference
    {
        public virtual Task<WriteResult> SetAsync(object documentData, SetOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public virtual Task<WriteResult> UpdateAsync(string field, object value, Precondition? precondition = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public sealed class WriteBatch
    {
        public WriteBatch Set(DocumentReference documentReference, object documentData, SetOptions? options = null) => throw new NotSupportedException();
        public WriteBatch Update(DocumentReference documentReference, IDictionary<string, object> updates, Precondition? precondition = null) => throw new NotSupportedException();
        public Task<IList<WriteResult>> CommitAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class CollectionReference
    {
        public virtual DocumentReference Document() => throw new NotSupportedException();
        public virtual DocumentReference Document(string path) => throw new NotSupportedException();
        public virtual Task<DocumentReference> AddAsync(object documentData, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public sealed class FirestoreDb
    {
        public WriteBatch StartBatch() => throw new NotSupportedException();
        public CollectionReference Collection(string path) => throw new NotSupportedException();
    }
}

namespace OpenSearch.Client
{
    public class Id
    {
        public static implicit operator Id(string id) => throw new NotSupportedException();
    }

    public class IndexName
    {
        public static implicit operator IndexName(string name) => throw new NotSupportedException();
    }

    public interface IBulkRequest;

    public interface IBulkIndexOperation<T>;

    public class BulkIndexDescriptor<T> : IBulkIndexOperation<T>
    {
        public BulkIndexDescriptor<T> Index(IndexName index) => throw new NotSupportedException();
        public BulkIndexDescriptor<T> Id(Id id) => throw new NotSupportedException();
        public BulkIndexDescriptor<T> Document(T document) => throw new NotSupportedException();
    }

    public class BulkDescriptor : IBulkRequest
    {
        public BulkDescriptor Index<T>(Func<BulkIndexDescriptor<T>, IBulkIndexOperation<T>> bulkIndexSelector) where T : class => throw new NotSupportedException();
    }

    public class BulkResponse
    {
        public bool Errors => throw new NotSupportedException();
    }

    public interface IOpenSearchClient
    {
        Task<BulkResponse> BulkAsync(Func<BulkDescriptor, IBulkRequest> selector, CancellationToken ct = default);
    }
}
