namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Removes expired records before the stream's own limit does: as long as the oldest are expired, they are purged in one request.
/// A record that is kept long holds back the younger ones behind it; those are bounded by the stream's limit of age.
/// </summary>
/// <remarks>Several engines may sweep at once; that costs work and changes nothing.</remarks>
internal sealed class RecordSweeper(NatsEngine engine)
{
    private const int MostAtOnce = 20_000;
    private const int Together = 64;

    /// <summary>Sweeps both streams of records.</summary>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(engine.WorkRecords, cancellationToken).ConfigureAwait(false);
        await SweepAsync(engine.StateRecords, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SweepAsync(RecordStream records, CancellationToken cancellationToken)
    {
        string everything = records.SubjectPrefix + ">";
        if (await engine.WorkApi.GetNextAsync(records.Stream, everything, 1, cancellationToken).ConfigureAwait(false) is not { } first || !records.Read(first).IsExpired)
        {
            return;
        }

        ulong expiredUpTo = first.Sequence;
        for (int seen = 0; seen < MostAtOnce; seen += Together)
        {
            var reads = new Task<StoredMessage?>[Together];
            for (int i = 0; i < Together; i++)
            {
                reads[i] = engine.WorkApi.GetAtAsync(records.Stream, expiredUpTo + 1 + (ulong)i, cancellationToken).AsTask();
            }

            StoredMessage?[] messages = await Task.WhenAll(reads).ConfigureAwait(false);
            int expired = 0;
            while (expired < Together && (messages[expired] is not { } message || records.Read(message).IsExpired))
            {
                expired++;
            }

            // Numbers that hold nothing may also be numbers that are not given yet: then what comes next, however far, tells.
            int last = expired - 1;
            while (last >= 0 && messages[last] is null)
            {
                last--;
            }

            if (last < 0)
            {
                if (expired < Together || await engine.WorkApi.GetNextAsync(records.Stream, everything, expiredUpTo + 1, cancellationToken).ConfigureAwait(false) is not { } next
                    || !records.Read(next).IsExpired)
                {
                    break;
                }

                expiredUpTo = next.Sequence;
                continue;
            }

            expiredUpTo += (ulong)last + 1;
            if (expired < Together)
            {
                break;
            }
        }

        await engine.WorkApi.PurgeUpToAsync(records.Stream, expiredUpTo, cancellationToken).ConfigureAwait(false);
    }
}
