// The shapes of document stores that handlers use, as far as the analyzers look at them.
using System.Linq.Expressions;

namespace MongoDB.Driver
{
    public class FilterDefinition<T>
    {
        public static FilterDefinition<T> operator &(FilterDefinition<T> one, FilterDefinition<T> other) => throw new NotSupportedException();
    }

    public class UpdateDefinition<T>;

    public class FilterDefinitionBuilder<T>
    {
        public FilterDefinition<T> Eq<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
        public FilterDefinition<T> Lt<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
        public FilterDefinition<T> Ne<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
    }

    public class UpdateDefinitionBuilder<T>
    {
        public UpdateDefinition<T> Set<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
        public UpdateDefinition<T> SetOnInsert<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
        public UpdateDefinition<T> Inc<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
        public UpdateDefinition<T> Push<TItem>(Expression<Func<T, IEnumerable<TItem>>> field, TItem value) => throw new NotSupportedException();
        public UpdateDefinition<T> AddToSet<TItem>(Expression<Func<T, IEnumerable<TItem>>> field, TItem value) => throw new NotSupportedException();
    }

    public static class UpdateDefinitionExtensions
    {
        public static UpdateDefinition<T> Set<T, TField>(this UpdateDefinition<T> update, Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
    }

    public static class Builders<T>
    {
        public static FilterDefinitionBuilder<T> Filter => throw new NotSupportedException();
        public static UpdateDefinitionBuilder<T> Update => throw new NotSupportedException();
    }

    public class UpdateOptions
    {
        public bool IsUpsert { get; set; }
    }

    public enum ReturnDocument
    {
        Before,
        After,
    }

    public class FindOneAndUpdateOptions<T, TProjection>
    {
        public bool IsUpsert { get; set; }
        public ReturnDocument ReturnDocument { get; set; }
    }

    public class FindOneAndUpdateOptions<T> : FindOneAndUpdateOptions<T, T>;

    public class InsertManyOptions;

    public class BulkWriteOptions;

    public abstract class WriteModel<T>;

    public class UpdateOneModel<T>(FilterDefinition<T> filter, UpdateDefinition<T> update) : WriteModel<T>
    {
        public FilterDefinition<T> Filter => filter;
        public UpdateDefinition<T> Update => update;
        public bool IsUpsert { get; set; }
    }

    public class BulkWriteResult<T>;

    public interface IMongoCollection<T>
    {
        Task<TProjection> FindOneAndUpdateAsync<TProjection>(FilterDefinition<T> filter, UpdateDefinition<T> update, FindOneAndUpdateOptions<T, TProjection>? options = null, CancellationToken cancellationToken = default);
        Task InsertManyAsync(IEnumerable<T> documents, InsertManyOptions? options = null, CancellationToken cancellationToken = default);
        Task<BulkWriteResult<T>> BulkWriteAsync(IEnumerable<WriteModel<T>> requests, BulkWriteOptions? options = null, CancellationToken cancellationToken = default);
        Task InsertOneAsync(T document, UpdateOptions? options = null, CancellationToken cancellationToken = default);
        Task UpdateOneAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, UpdateOptions? options = null, CancellationToken cancellationToken = default);
    }

    public static class IMongoCollectionExtensions
    {
        public static Task<T> FindOneAndUpdateAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, UpdateDefinition<T> update, FindOneAndUpdateOptions<T>? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task UpdateOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, UpdateDefinition<T> update, UpdateOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task ReplaceOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, T replacement, UpdateOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Microsoft.Azure.Cosmos
{
    public readonly struct PartitionKey(string? partitionKeyValue)
    {
        public override string ToString() => partitionKeyValue ?? "";
    }

    public class RequestOptions
    {
        public string? IfMatchEtag { get; set; }
        public string? IfNoneMatchEtag { get; set; }
    }

    public class ItemRequestOptions : RequestOptions;

    public class PatchItemRequestOptions : ItemRequestOptions
    {
        public string? FilterPredicate { get; set; }
    }

    public abstract class PatchOperation
    {
        public static PatchOperation Add<T>(string path, T value) => throw new NotSupportedException();
        public static PatchOperation Set<T>(string path, T value) => throw new NotSupportedException();
        public static PatchOperation Increment(string path, long value) => throw new NotSupportedException();
        public static PatchOperation Increment(string path, double value) => throw new NotSupportedException();
    }

    public class CosmosException : Exception
    {
        public System.Net.HttpStatusCode StatusCode => throw new NotSupportedException();
    }

    public class ItemResponse<T>
    {
        public T Resource => throw new NotSupportedException();
        public string ETag => throw new NotSupportedException();
    }

    public abstract class Container
    {
        public abstract Task<ItemResponse<T>> CreateItemAsync<T>(T item, PartitionKey? partitionKey = null, ItemRequestOptions? requestOptions = null, CancellationToken cancellationToken = default);
        public abstract Task<ItemResponse<T>> UpsertItemAsync<T>(T item, PartitionKey? partitionKey = null, ItemRequestOptions? requestOptions = null, CancellationToken cancellationToken = default);
        public abstract Task<ItemResponse<T>> ReadItemAsync<T>(string id, PartitionKey partitionKey, ItemRequestOptions? requestOptions = null, CancellationToken cancellationToken = default);
        public abstract Task<ItemResponse<T>> ReplaceItemAsync<T>(T item, string id, PartitionKey? partitionKey = null, ItemRequestOptions? requestOptions = null, CancellationToken cancellationToken = default);
        public abstract Task<ItemResponse<T>> PatchItemAsync<T>(string id, PartitionKey partitionKey, IReadOnlyList<PatchOperation> patchOperations, PatchItemRequestOptions? requestOptions = null, CancellationToken cancellationToken = default);
    }
}

namespace Marten
{
    public interface IDocumentOperations
    {
        Events.IEventStoreOperations Events { get; }
        void Store<T>(params T[] entities);
    }

    public interface IDocumentSession : IDocumentOperations
    {
        Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default);
        Task SaveChangesAsync(CancellationToken token = default);
    }

    namespace Events
    {
        public class StreamAction;

        public interface IEventStoreOperations
        {
            StreamAction Append(Guid stream, params object[] events);
            StreamAction Append(Guid stream, long expectedVersion, params object[] events);
            StreamAction StartStream<T>(Guid id, params object[] events) where T : class;
        }
    }
}

namespace Raven.Client.Documents.Session
{
    public interface IAsyncAdvancedSessionOperations
    {
        void Increment<T, TValue>(string id, Expression<Func<T, TValue>> path, TValue valToAdd);
    }

    public interface IAsyncDocumentSession : IDisposable
    {
        IAsyncAdvancedSessionOperations Advanced { get; }
        Task StoreAsync(object entity, CancellationToken token = default);
        Task StoreAsync(object entity, string id, CancellationToken token = default);
        Task<T?> LoadAsync<T>(string id, CancellationToken token = default);
        Task SaveChangesAsync(CancellationToken token = default);
    }
}
