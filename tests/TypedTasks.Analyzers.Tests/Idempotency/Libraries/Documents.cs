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
        public FilterDefinition<T> Ne<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
    }

    public class UpdateDefinitionBuilder<T>
    {
        public UpdateDefinition<T> Set<TField>(Expression<Func<T, TField>> field, TField value) => throw new NotSupportedException();
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

    public interface IMongoCollection<T>
    {
        Task InsertOneAsync(T document, UpdateOptions? options = null, CancellationToken cancellationToken = default);
        Task UpdateOneAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, UpdateOptions? options = null, CancellationToken cancellationToken = default);
    }

    public static class IMongoCollectionExtensions
    {
        public static Task UpdateOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, UpdateDefinition<T> update, UpdateOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task ReplaceOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, T replacement, UpdateOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Microsoft.Azure.Cosmos
{
    public abstract class Container
    {
        public abstract Task CreateItemAsync<T>(T item, CancellationToken cancellationToken = default);
        public abstract Task UpsertItemAsync<T>(T item, CancellationToken cancellationToken = default);
    }
}

namespace Marten
{
    public interface IDocumentOperations
    {
        void Store<T>(params T[] entities);
    }

    public interface IDocumentSession : IDocumentOperations
    {
        Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default);
        Task SaveChangesAsync(CancellationToken token = default);
    }
}
