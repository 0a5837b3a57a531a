// The shapes of caches and locks that handlers use, as far as the analyzers look at them.
namespace Microsoft.Extensions.Caching.Distributed
{
    public class DistributedCacheEntryOptions
    {
        public TimeSpan? AbsoluteExpirationRelativeToNow { get; set; }
    }

    public interface IDistributedCache
    {
        Task<byte[]?> GetAsync(string key, CancellationToken token = default);
        Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default);
        Task RemoveAsync(string key, CancellationToken token = default);
    }

    public static class DistributedCacheExtensions
    {
        public static Task<string?> GetStringAsync(this IDistributedCache cache, string key, CancellationToken token = default) => throw new NotSupportedException();
        public static Task SetStringAsync(this IDistributedCache cache, string key, string value, CancellationToken token = default) => throw new NotSupportedException();
    }
}

namespace Microsoft.Extensions.Caching.Memory
{
    public interface IMemoryCache
    {
        bool TryGetValue(object key, out object? value);
        void Remove(object key);
    }

    public static class CacheExtensions
    {
        public static T Set<T>(this IMemoryCache cache, object key, T value, TimeSpan absoluteExpirationRelativeToNow) => throw new NotSupportedException();
        public static Task<T?> GetOrCreateAsync<T>(this IMemoryCache cache, object key, Func<object, Task<T>> factory) => throw new NotSupportedException();
    }
}

namespace Medallion.Threading
{
    public interface IDistributedSynchronizationHandle : IAsyncDisposable;

    public interface IDistributedLockProvider
    {
        ValueTask<IDistributedSynchronizationHandle?> TryAcquireLockAsync(string name, TimeSpan timeout = default, CancellationToken cancellationToken = default);
    }
}

namespace Microsoft.Extensions.Caching.Hybrid
{
    public sealed class HybridCacheEntryOptions
    {
        public TimeSpan? Expiration { get; init; }
    }

    public abstract class HybridCache
    {
        public ValueTask<T> GetOrCreateAsync<T>(string key, Func<CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public abstract ValueTask SetAsync<T>(string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default);
        public abstract ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default);
        public abstract ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default);
    }
}
