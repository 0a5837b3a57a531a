using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>A record as it was read.</summary>
/// <param name="Revision">The sequence it is stored under.</param>
/// <param name="Body">Its body.</param>
/// <param name="IsExpired">Whether its time is over: it counts as absent, and its revision is what a writer replaces.</param>
/// <param name="Token">What its writer marked it with.</param>
internal readonly record struct StoredRecord(ulong Revision, ReadOnlyMemory<byte> Body, bool IsExpired, ulong Token)
{
    /// <summary>When its time is over, in Unix milliseconds.</summary>
    public long Expiry { get; init; }
}

/// <summary>What a conditional write did.</summary>
/// <param name="Applied">Whether the record was written.</param>
/// <param name="Revision">Its revision, when it was.</param>
internal readonly record struct RecordWrite(bool Applied, ulong Revision);

/// <summary>
/// Records by key in a stream that keeps the last message of each subject, with compare-and-set by the stream's sequence, which the server checks.
/// The exact expiry is in the record; what removes it from the server within a second or two is the server itself from 2.11 on, else <see cref="RecordSweeper"/>, at last the stream's limit of age.
/// </summary>
/// <remarks>
/// Layout: 8 bytes expiry (Unix milliseconds), 8 bytes mark of the writer, the body; big-endian. The mark tells a writer whose answer was lost
/// that the record in the way is its own.
/// </remarks>
internal sealed class RecordStream(JetStreamApi api, string stream, string subjectPrefix, TimeProvider time, TimeSpan maxAge)
{
    /// <summary>What stands before a record's body.</summary>
    public const int HeaderLength = 16;

    /// <summary>What every record costs beside its body: marks, headers, subject.</summary>
    public const int Overhead = 256;

    private readonly string _writing = $"Writing a record of {stream}";

    /// <summary>The stream.</summary>
    public string Stream => stream;

    /// <summary>Begins the records' subjects.</summary>
    public string SubjectPrefix => subjectPrefix;

    /// <summary>Whether the server removes each record at a time of its own (NATS ADR-43, from 2.11).</summary>
    public bool ExpiresByItself { get; set; }

    /// <summary>Reads a record; null when there is none. An expired one is returned, and says so.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StoredRecord?> GetAsync(SubjectKey key, CancellationToken cancellationToken)
    {
        StoredMessage? message = await api.GetLastAsync(stream, subjectPrefix, key, cancellationToken).ConfigureAwait(false);
        return message is { } found ? Read(found) : null;
    }

    /// <summary>Writes a record if its revision is still <paramref name="expected"/>; 0 when there must be none.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RecordWrite> WriteAsync(SubjectKey key, ulong expected, ReadOnlyMemory<byte> body, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        RequestCall call = api.Rent();
        ulong token = NewToken();
        api.Begin(call, subjectPrefix);
        key.AppendTo(call.Frame);
        WriteHeaders(call.Frame, api.Connection.ReplyLength, expected, expiry, token);
        call.Frame.Append(body.Span);
        call.Frame.End();
        PubAck ack = await api.PublishAsync(call, _writing, cancellationToken).ConfigureAwait(false);
        if (ack.ErrorCode == 0)
        {
            api.Return(call);
            return new RecordWrite(true, ack.Sequence);
        }

        if (!ErrorCodes.IsConflict(ack.ErrorCode))
        {
            throw new TaskEngineException($"The record '{subjectPrefix}{key}' was refused: {PubAck.Description(call.Payload.Span)} (JetStream error {ack.ErrorCode}).");
        }

        // A frame that was sent twice may have met itself.
        if (call.Sends > 1 && await GetAsync(key, cancellationToken).ConfigureAwait(false) is { } current && current.Token == token)
        {
            return new RecordWrite(true, current.Revision);
        }

        return new RecordWrite(false, 0);
    }

    /// <summary>Writes a record that must not exist, or be expired.</summary>
    public async ValueTask<RecordWrite> CreateAsync(SubjectKey key, ReadOnlyMemory<byte> body, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        ulong expected = 0;
        while (true)
        {
            RecordWrite write = await WriteAsync(key, expected, body, expiry, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return write;
            }

            StoredRecord? current = await GetAsync(key, cancellationToken).ConfigureAwait(false);
            if (current is { IsExpired: false })
            {
                return write;
            }

            // Expired; or removed just now, because it was.
            expected = current?.Revision ?? 0;
        }
    }

    /// <summary>Removes a record if its revision is still <paramref name="revision"/>; returns whether it did.</summary>
    public ValueTask<bool> DeleteAsync(ulong revision, CancellationToken cancellationToken) => api.DeleteAsync(stream, revision, cancellationToken);

    /// <summary>Reads the record in a message.</summary>
    public StoredRecord Read(in StoredMessage message)
    {
        ReadOnlySpan<byte> value = message.Payload.Span;
        if (value.Length < HeaderLength)
        {
            return new StoredRecord(message.Sequence, default, IsExpired: true, 0);
        }

        long expiry = BinaryPrimitives.ReadInt64BigEndian(value);
        return new StoredRecord(message.Sequence, message.Payload[HeaderLength..], expiry <= time.GetUtcNow().ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt64BigEndian(value[8..])) { Expiry = expiry };
    }

    /// <summary>Writes the headers of a record into a frame whose subject was appended, and what stands before its body, which the caller appends.</summary>
    public void WriteHeaders(OutgoingFrame frame, int replyLength, ulong expected, DateTimeOffset expiry, ulong token)
    {
        frame.BeginHeaders(replyLength);
        frame.AppendHeader("Nats-Expected-Last-Subject-Sequence: "u8, (long)expected);
        TimeSpan life = expiry - time.GetUtcNow();
        if (ExpiresByItself && life < maxAge)
        {
            frame.AppendHeader("Nats-TTL: "u8, 1 + Math.Max(0, (long)life.TotalSeconds));
        }

        frame.BeginPayload();
        Span<byte> header = frame.GetSpan(HeaderLength);
        BinaryPrimitives.WriteInt64BigEndian(header, expiry.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64BigEndian(header[8..], token);
        frame.Advance(HeaderLength);
    }

    /// <summary>A writer's mark.</summary>
    public static ulong NewToken()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
