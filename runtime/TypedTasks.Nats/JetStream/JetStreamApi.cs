using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>An error that the JetStream API answered.</summary>
internal sealed class ApiException(int code, string description) : Exception($"JetStream error {code}: {description}")
{
    /// <summary>JetStream's error code.</summary>
    public int Code { get; } = code;

    /// <summary>The server's words.</summary>
    public string Description { get; } = description;
}

/// <summary>A message that was read directly from a stream.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Time">When it was stored.</param>
/// <param name="Headers">The headers of the answer: the message's own, and the server's.</param>
/// <param name="Payload">Its payload.</param>
internal readonly record struct StoredMessage(ulong Sequence, string Subject, DateTimeOffset Time, ReadOnlyMemory<byte> Headers, ReadOnlyMemory<byte> Payload)
{
    /// <summary>A number among the message's own headers.</summary>
    public long Number(ReadOnlySpan<byte> name) => new NatsHeaders(Headers.Span).TryGetInt64(name, out long value) ? value : 0;

    /// <summary>Finds the task that a message in a lane holds.</summary>
    public bool TryReadTask(out TaskId id) => TaskHeaders.TryReadTask(Encoding.ASCII.GetBytes(Subject), Headers.Span, out id);
}

/// <summary>Requests to the JetStream API over one connection: streams, consumers, direct reads and publishes that are awaited.</summary>
internal sealed class JetStreamApi(NatsConnection connection, Names names, TimeSpan timeout, TimeProvider time)
{
    private const int KeptCalls = 1024;

    private readonly Stack<RequestCall> _calls = new();

    /// <summary>The connection.</summary>
    public NatsConnection Connection => connection;

    /// <summary>Sends a request, again while the server cannot do it now, and returns its JSON.</summary>
    /// <exception cref="ApiException">The server answered an error.</exception>
    /// <exception cref="TaskEngineException">It did not answer, or not in time, or with something else than an object.</exception>
    public async ValueTask<JsonElement> RequestAsync(string operation, Action<Utf8JsonWriter>? body, CancellationToken cancellationToken)
    {
        var call = new RequestCall();
        Begin(call, names.Api + operation);
        call.Frame.BeginPayloadWithoutHeaders(connection.ReplyLength);
        if (body is not null)
        {
            using var json = new Utf8JsonWriter((IBufferWriter<byte>)call.Frame);
            body(json);
        }

        call.Frame.End();
        while (true)
        {
            await SendAsync(call, operation, cancellationToken).ConfigureAwait(false);
            if (await AnswerAsync(call, operation, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>Reads all names that a request lists, page by page.</summary>
    public async ValueTask<List<string>> ListNamesAsync(string operation, string field, string? subject, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        while (true)
        {
            JsonElement answer = await RequestAsync(operation, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("offset"u8, names.Count);
                if (subject is not null)
                {
                    json.WriteString("subject"u8, subject);
                }

                json.WriteEndObject();
            }, cancellationToken).ConfigureAwait(false);
            int before = names.Count;
            if (answer.TryGetProperty(field, out JsonElement page) && page.ValueKind == JsonValueKind.Array)
            {
                names.AddRange(page.EnumerateArray().Select(name => name.GetString()!));
            }

            if (names.Count == before || names.Count >= Long(answer, "total"u8))
            {
                return names;
            }
        }
    }

    /// <summary>Reads the last message of the subject that a key ends; null when there is none, which allocates nothing.</summary>
    public ValueTask<StoredMessage?> GetLastAsync(string stream, string prefix, SubjectKey key, CancellationToken cancellationToken)
    {
        RequestCall call = Rent();
        WriteGetLast(call, stream, prefix, key);
        return ReadAsync(call, stream, cancellationToken);
    }

    /// <summary>Writes the request that <see cref="GetLastAsync"/> sends, whose answer <see cref="MessageOf"/> reads.</summary>
    public void WriteGetLast(RequestCall call, string stream, string prefix, SubjectKey key)
    {
        BeginRead(call, stream);
        call.Frame.Append("{\"last_by_subj\":\""u8);
        call.Frame.AppendText(prefix);
        key.AppendTo(call.Frame);
        call.Frame.Append("\"}"u8);
        call.Frame.End();
    }

    /// <summary>Reads the first message of a subject from a sequence on, wildcards allowed; null when there is none.</summary>
    public ValueTask<StoredMessage?> GetNextAsync(string stream, string subject, ulong from, CancellationToken cancellationToken)
    {
        RequestCall call = Rent();
        BeginRead(call, stream);
        call.Frame.Append("{\"seq\":"u8);
        call.Frame.Append((long)from);
        call.Frame.Append(",\"next_by_subj\":\""u8);
        call.Frame.AppendText(subject);
        call.Frame.Append("\"}"u8);
        call.Frame.End();
        return ReadAsync(call, stream, cancellationToken);
    }

    /// <summary>Reads the message of a sequence; null when there is none.</summary>
    public ValueTask<StoredMessage?> GetAtAsync(string stream, ulong sequence, CancellationToken cancellationToken)
    {
        RequestCall call = Rent();
        BeginRead(call, stream);
        call.Frame.Append("{\"seq\":"u8);
        call.Frame.Append((long)sequence);
        call.Frame.Append("}"u8);
        call.Frame.End();
        return ReadAsync(call, stream, cancellationToken);
    }

    /// <summary>Removes everything up to a sequence, of a stream without consumers.</summary>
    public async ValueTask PurgeUpToAsync(string stream, ulong last, CancellationToken cancellationToken) =>
        await RequestAsync("STREAM.PURGE." + stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, last + 1);
            json.WriteEndObject();
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Removes everything of a subject, of a stream without consumers.</summary>
    public async ValueTask PurgeSubjectAsync(string stream, string filter, CancellationToken cancellationToken) =>
        await RequestAsync("STREAM.PURGE." + stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("filter"u8, filter);
            json.WriteEndObject();
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes one message; returns whether it was there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> DeleteAsync(string stream, ulong sequence, CancellationToken cancellationToken)
    {
        RequestCall call = Rent();
        Begin(call, names.Api);
        call.Frame.Append("STREAM.MSG.DELETE."u8);
        call.Frame.AppendText(stream);
        call.Frame.BeginPayloadWithoutHeaders(connection.ReplyLength);
        call.Frame.Append("{\"no_erase\":true,\"seq\":"u8);
        call.Frame.Append((long)sequence);
        call.Frame.Append("}"u8);
        call.Frame.End();
        try
        {
            do
            {
                await SendAsync(call, "STREAM.MSG.DELETE", cancellationToken).ConfigureAwait(false);
            }
            while (call.Payload.Span.IndexOf("\"success\":true"u8) < 0 && await AnswerAsync(call, "STREAM.MSG.DELETE", cancellationToken).ConfigureAwait(false) is null);

            Return(call);
            return true;
        }
        catch (ApiException error) when (error.Code is ErrorCodes.MessageNotFound or 10043 or 10057)
        {
            // 10057 is a failure to delete: a message that is gone already.
            return false;
        }
    }

    /// <summary>Publishes a frame that was begun with <see cref="Begin"/> and returns the server's answer, whatever it is.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PubAck> PublishAsync(RequestCall call, string what, CancellationToken cancellationToken)
    {
        if (call.Frame.MessageLength > connection.Info.MaxPayload)
        {
            throw new TaskEngineException($"{what}: {call.Frame.MessageLength} bytes are more than the NATS server takes ({connection.Info.MaxPayload}, its max_payload).");
        }

        while (true)
        {
            await SendAsync(call, what, cancellationToken).ConfigureAwait(false);
            PubAck ack = PubAck.Parse(call.Payload.Span);
            if (!ack.IsValid)
            {
                throw new TaskEngineException($"{what}: the answer cannot be read; is another subscriber answering on the engine's subjects?");
            }

            if (!ErrorCodes.IsTransient(ack.ErrorCode) && !ErrorCodes.IsPressure(ack.ErrorCode))
            {
                return ack;
            }

            await PauseAsync(call, what, ack.ErrorCode, PubAck.Description(call.Payload.Span), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The message that a read was answered with; null when there is none.</summary>
    /// <exception cref="TaskEngineException">It was not answered, or with something else.</exception>
    public StoredMessage? MessageOf(RequestCall call, string stream)
    {
        if (call.Failure != CallFailure.None)
        {
            throw Failures.Of(call, "DIRECT.GET." + stream, connection);
        }

        if (call.Status is 404 or 408)
        {
            return null;
        }

        var headers = new NatsHeaders(call.Headers);
        if (!headers.TryGetInt64("Nats-Sequence"u8, out long sequence) || !headers.TryGet("Nats-Subject"u8, out ReadOnlySpan<byte> subject))
        {
            throw new TaskEngineException($"A direct read was answered with status {call.Status} '{Encoding.UTF8.GetString(headers.Description)}'.");
        }

        DateTimeOffset stored = headers.TryGet("Nats-Time-Stamp"u8, out ReadOnlySpan<byte> text)
            && DateTimeOffset.TryParse(Encoding.ASCII.GetString(text), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
            ? parsed
            : default;
        return new StoredMessage((ulong)sequence, Encoding.ASCII.GetString(subject), stored, call.Headers.ToArray(), call.Payload.ToArray());
    }

    /// <summary>A call for a request of the usual kind, to be given back when it was answered.</summary>
    public RequestCall Rent()
    {
        lock (_calls)
        {
            return _calls.TryPop(out RequestCall? call) ? call : new RequestCall();
        }
    }

    /// <summary>Takes a call back whose answer was read, and is not used any more. One that failed is left to the garbage collector.</summary>
    public void Return(RequestCall call)
    {
        lock (_calls)
        {
            if (_calls.Count < KeptCalls)
            {
                _calls.Push(call);
            }
        }
    }

    /// <summary>Starts a frame and sets its deadline.</summary>
    public void Begin(PendingCall call, string subject)
    {
        call.Deadline = time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
        call.Frame.Begin();
        call.Frame.AppendText(subject);
    }

    /// <summary>A number of a JSON object; 0 when there is none.</summary>
    public static int Integer(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : 0;

    /// <summary>A number of a JSON object; 0 when there is none.</summary>
    public static long Long(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : 0;

    /// <summary>A flag of a JSON object; false when there is none.</summary>
    public static bool Flag(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A text of a JSON object; empty when there is none.</summary>
    public static string Text(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // The query is JSON, and is appended as it is: nothing has to be escaped in a name that is escaped for a subject (SubjectToken).
    private void BeginRead(RequestCall call, string stream)
    {
        Begin(call, names.Api);
        call.Frame.Append("DIRECT.GET."u8);
        call.Frame.AppendText(stream);
        call.Frame.BeginPayloadWithoutHeaders(connection.ReplyLength);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoredMessage?> ReadAsync(RequestCall call, string stream, CancellationToken cancellationToken)
    {
        await call.SendAsync(connection, cancellationToken).ConfigureAwait(false);
        StoredMessage? message = MessageOf(call, stream);
        Return(call);
        return message;
    }

    private static JsonElement Parse(RequestCall call, string what)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(call.Payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Not the API's, then.
        }

        throw new TaskEngineException($"{what}: the answer cannot be read; is another subscriber answering on the engine's subjects?");
    }

    // The answer's JSON; null after a pause, where the server cannot do it now.
    private async ValueTask<JsonElement?> AnswerAsync(RequestCall call, string what, CancellationToken cancellationToken)
    {
        JsonElement answer = Parse(call, what);
        if (!answer.TryGetProperty("error"u8, out JsonElement error))
        {
            return answer;
        }

        int code = Integer(error, "err_code"u8);
        string description = Text(error, "description"u8);
        if (!ErrorCodes.IsTransient(code))
        {
            throw new ApiException(code, description);
        }

        await PauseAsync(call, what, code, description, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // The server cannot do it now, and may be able to soon.
    private async ValueTask PauseAsync(RequestCall call, string what, int code, string description, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() >= call.Deadline)
        {
            throw new TaskEngineException($"{what}: {description} (JetStream error {code}).");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(RequestCall call, string what, CancellationToken cancellationToken)
    {
        await call.SendAsync(connection, cancellationToken).ConfigureAwait(false);
        if (call.Failure != CallFailure.None)
        {
            throw Failures.Of(call, what, connection);
        }
    }
}
