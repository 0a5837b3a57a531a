// The shapes of database libraries that handlers use, as far as the analyzers look at them.
using System.Data;
using System.Linq.Expressions;

namespace Dapper
{
    public readonly struct CommandDefinition(string commandText, object? parameters = null, IDbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        public string CommandText => commandText;
        public object? Parameters => parameters;
        public IDbTransaction? Transaction => transaction;
        public CancellationToken CancellationToken => cancellationToken;
    }

    public static class SqlMapper
    {
        public static Task<int> ExecuteAsync(this IDbConnection cnn, CommandDefinition command) => throw new NotSupportedException();
        public static Task<int> ExecuteAsync(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw new NotSupportedException();
        public static Task<T?> ExecuteScalarAsync<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw new NotSupportedException();
        public static Task<IEnumerable<T>> QueryAsync<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw new NotSupportedException();
        public static Task<T> QuerySingleAsync<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw new NotSupportedException();
        public static Task<T?> QuerySingleOrDefaultAsync<T>(this IDbConnection cnn, string sql, object? param = null, IDbTransaction? transaction = null) => throw new NotSupportedException();
    }
}

namespace Npgsql
{
    public sealed class PostgresException : System.Data.Common.DbException
    {
        public override string SqlState => throw new NotSupportedException();
    }
}

namespace Microsoft.EntityFrameworkCore
{
    public class DbContext : IDisposable, IAsyncDisposable
    {
        public void Dispose() => throw new NotSupportedException();
        public ValueTask DisposeAsync() => throw new NotSupportedException();
        public Infrastructure.DatabaseFacade Database => throw new NotSupportedException();
        public void Add(object entity) => throw new NotSupportedException();
        public void AddRange(IEnumerable<object> entities) => throw new NotSupportedException();
        public void Update(object entity) => throw new NotSupportedException();
        public void Remove(object entity) => throw new NotSupportedException();
        public void Attach(object entity) => throw new NotSupportedException();
        public ChangeTracking.EntityEntry Entry(object entity) => throw new NotSupportedException();
        public ChangeTracking.EntityEntry<T> Entry<T>(T entity) where T : class => throw new NotSupportedException();
        public T? Find<T>(params object?[]? keyValues) where T : class => throw new NotSupportedException();
        public ValueTask<T?> FindAsync<T>(params object?[]? keyValues) where T : class => throw new NotSupportedException();
        public DbSet<T> Set<T>() where T : class => throw new NotSupportedException();
        public int SaveChanges() => throw new NotSupportedException();
        public Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public interface IDbContextFactory<T>
        where T : DbContext
    {
        T CreateDbContext();
        Task<T> CreateDbContextAsync(CancellationToken cancellationToken = default);
    }

    public enum EntityState
    {
        Detached,
        Unchanged,
        Deleted,
        Modified,
        Added,
    }

    namespace ChangeTracking
    {
        public class EntityEntry
        {
            public EntityState State { get; set; }
        }

        public class PropertyEntry<T, TProperty>
            where T : class
        {
            public bool IsModified { get; set; }
            public TProperty CurrentValue { get; set; } = default!;
        }

        public class EntityEntry<T> : EntityEntry
            where T : class
        {
            public PropertyEntry<T, TProperty> Property<TProperty>(Expression<Func<T, TProperty>> propertyExpression) => throw new NotSupportedException();
        }
    }

    public abstract class DbSet<T> : IQueryable<T>
        where T : class
    {
        public abstract Type ElementType { get; }
        public abstract Expression Expression { get; }
        public abstract IQueryProvider Provider { get; }
        public abstract IEnumerator<T> GetEnumerator();
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        public void Add(T entity) => throw new NotSupportedException();
        public ValueTask AddAsync(T entity, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public void AddRange(params T[] entities) => throw new NotSupportedException();
        public void AddRange(IEnumerable<T> entities) => throw new NotSupportedException();
        public void Remove(T entity) => throw new NotSupportedException();
        public void RemoveRange(IEnumerable<T> entities) => throw new NotSupportedException();
        public void Update(T entity) => throw new NotSupportedException();
        public void Attach(T entity) => throw new NotSupportedException();
        public T? Find(params object?[]? keyValues) => throw new NotSupportedException();
        public ValueTask<T?> FindAsync(params object?[]? keyValues) => throw new NotSupportedException();
        public ValueTask<T?> FindAsync(object?[]? keyValues, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    public class DbUpdateException : Exception;

    public class DbUpdateConcurrencyException : DbUpdateException;

    public static class EntityFrameworkQueryableExtensions
    {
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<T> SingleAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<T?> FirstOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<T> FirstAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<T?> SingleOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<int> CountAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static IAsyncEnumerable<T> AsAsyncEnumerable<T>(this IQueryable<T> source) => throw new NotSupportedException();
        public static IQueryable<T> AsNoTracking<T>(this IQueryable<T> source) => throw new NotSupportedException();
        public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static IQueryable<T> Include<T, TProperty>(this IQueryable<T> source, Expression<Func<T, TProperty>> path) => throw new NotSupportedException();
        public static Task<int> ExecuteUpdateAsync<T>(this IQueryable<T> source, Expression<Func<Query.SetPropertyCalls<T>, Query.SetPropertyCalls<T>>> setters, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<int> ExecuteDeleteAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public static class RelationalDatabaseFacadeExtensions
    {
        public static Task<int> ExecuteSqlAsync(this Infrastructure.DatabaseFacade databaseFacade, FormattableString sql, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<int> ExecuteSqlInterpolatedAsync(this Infrastructure.DatabaseFacade databaseFacade, FormattableString sql, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<int> ExecuteSqlRawAsync(this Infrastructure.DatabaseFacade databaseFacade, string sql, params object[] parameters) => throw new NotSupportedException();
    }

    namespace Infrastructure
    {
        public class DatabaseFacade
        {
            public Task<Storage.IDbContextTransaction> BeginTransactionAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
            public Storage.IExecutionStrategy CreateExecutionStrategy() => throw new NotSupportedException();
        }
    }

    namespace Storage
    {
        public interface IExecutionStrategy
        {
            Task ExecuteAsync(Func<Task> operation);
        }

        public interface IDbContextTransaction : IAsyncDisposable
        {
            Task CommitAsync(CancellationToken cancellationToken = default);
        }
    }

    namespace Query
    {
        public sealed class SetPropertyCalls<T>
        {
            public SetPropertyCalls<T> SetProperty<TProperty>(Func<T, TProperty> property, Func<T, TProperty> value) => throw new NotSupportedException();
            public SetPropertyCalls<T> SetProperty<TProperty>(Func<T, TProperty> property, TProperty value) => throw new NotSupportedException();
        }
    }
}

namespace StackExchange.Redis
{
    public enum When
    {
        Always,
        Exists,
        NotExists,
    }

    public readonly struct RedisKey
    {
        public static implicit operator RedisKey(string? key) => default;
    }

    public readonly struct RedisValue
    {
        public static implicit operator RedisValue(string? value) => default;
        public static implicit operator RedisValue(long value) => default;
        public static implicit operator string?(RedisValue value) => default;
        public bool HasValue => throw new NotSupportedException();
        public bool IsNull => throw new NotSupportedException();
        public bool IsNullOrEmpty => throw new NotSupportedException();
    }

    public interface IDatabaseAsync
    {
        Task<long> StringIncrementAsync(RedisKey key, long value = 1);
        Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry = null, When when = When.Always);
        Task<RedisValue> StringGetAsync(RedisKey key);
        Task<long> ListLeftPushAsync(RedisKey key, RedisValue value);
        Task<bool> SetAddAsync(RedisKey key, RedisValue value);
        Task<RedisValue> StreamAddAsync(RedisKey key, RedisValue streamField, RedisValue streamValue, RedisValue? messageId = null);
        Task<bool> KeyExistsAsync(RedisKey key);
        Task<bool> KeyDeleteAsync(RedisKey key);
        Task<long> ListRightPushAsync(RedisKey key, RedisValue value);
        Task<long> HashIncrementAsync(RedisKey key, RedisValue hashField, long value = 1);
        Task<bool> HashSetAsync(RedisKey key, RedisValue hashField, RedisValue value, When when = When.Always);
        Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score);
        Task<double> SortedSetIncrementAsync(RedisKey key, RedisValue member, double value);
        Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry);
        Task<bool> LockTakeAsync(RedisKey key, RedisValue value, TimeSpan expiry);
        Task<bool> LockReleaseAsync(RedisKey key, RedisValue value);
    }

    public interface IBatch : IDatabaseAsync
    {
        void Execute();
    }

    public interface IDatabase : IDatabaseAsync
    {
        IBatch CreateBatch(object? asyncState = null);
        long StringIncrement(RedisKey key, long value = 1);
    }
}
