using System.Text;
using TypedTasks.Calls;
using TypedTasks.Envelopes;

namespace TypedTasks.Client;

/// <summary>Reads enqueue options into what travels, and refuses those that contradict each other.</summary>
internal static class EnqueueOptionsReading
{
    // The end of time, with room for an engine that rounds up: whoever says TimeSpan.MaxValue means never.
    private static readonly DateTimeOffset Latest = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">Delay and NotBefore are both given, or the delay is negative.</exception>
    internal static DateTimeOffset ResolveNotBefore(this in EnqueueOptions options, DateTimeOffset now)
    {
        if (options.Delay == TimeSpan.Zero)
        {
            return options.NotBefore is { } notBefore ? (notBefore < Latest ? notBefore : Latest) : DateTimeOffset.MinValue;
        }

        if (options.NotBefore is not null)
        {
            throw new ArgumentException("EnqueueOptions.Delay and EnqueueOptions.NotBefore are both given. Say when the task may run in one of them.", nameof(options));
        }

        return options.Delay > TimeSpan.Zero
            ? After(now, options.Delay)
            : throw new ArgumentException($"EnqueueOptions.Delay is {options.Delay}. A delay is positive; leave it zero to run the task at once.", nameof(options));
    }

    /// <exception cref="ArgumentException">The key is too long or empty, or the expiry is not positive.</exception>
    internal static EnvelopeAttributes ToAttributes(this in EnqueueOptions options, TaskDescriptor task, DateTimeOffset now, DateTimeOffset notBefore)
    {
        if (options.Key is { } key)
        {
            CheckKey(key, task);
        }

        return new EnvelopeAttributes
        {
            Key = options.Key,
            NotBefore = notBefore > now ? notBefore.ToUnixTimeMilliseconds() : 0,
            Expires = ResolveExpiry(in options, task, now, notBefore),
            // Zero would mean none; one that lies before 1970 has passed as well as any other.
            Deadline = options.Deadline is { } deadline ? Math.Max(1, deadline.ToUnixTimeMilliseconds()) : 0,
            Headers = options.Headers,
        };
    }

    /// <exception cref="ArgumentException">An id is given, which cannot be that of many tasks.</exception>
    internal static void ThrowIfOneId(this in EnqueueOptions options)
    {
        if (!options.Id.IsEmpty)
        {
            throw new ArgumentException("One id cannot be that of many tasks. Leave EnqueueOptions.Id empty, or enqueue the calls one by one.", nameof(options));
        }
    }

    private static long ResolveExpiry(in EnqueueOptions options, TaskDescriptor task, DateTimeOffset now, DateTimeOffset notBefore)
    {
        if ((options.ExpiresIn ?? task.Expires) is not { } expiresIn)
        {
            return 0;
        }

        if (expiresIn <= TimeSpan.Zero)
        {
            throw new ArgumentException($"EnqueueOptions.ExpiresIn is {expiresIn}. An expiry is positive; leave it null for the contract's.", nameof(options));
        }

        // The time to start runs from when the task may start, so that a delayed task is not born expired.
        DateTimeOffset from = notBefore > now ? notBefore : now;
        return After(from, expiresIn).ToUnixTimeMilliseconds();
    }

    /// <summary>A moment later than another, or the end of time.</summary>
    internal static DateTimeOffset After(DateTimeOffset from, TimeSpan span) => span < Latest - from ? from + span : Latest;

    private static void CheckKey(string key, TaskDescriptor task)
    {
        if (task.Idempotency != TaskIdempotency.Keyed)
        {
            throw new ArgumentException($"EnqueueOptions.Key is given, but '{task.Name}' is not keyed. Declare [Idempotent(Key = …)] on its contract method.", nameof(key));
        }

        if (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > TaskKeyWriter.MaxLength)
        {
            throw new ArgumentException($"EnqueueOptions.Key has {Encoding.UTF8.GetByteCount(key)} bytes. A key has 1 to {TaskKeyWriter.MaxLength}.", nameof(key));
        }

        if (key.Any(char.IsControl))
        {
            throw new ArgumentException("EnqueueOptions.Key holds control characters. Use printable text.", nameof(key));
        }
    }
}
