using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>
/// What is kept of a group until it is joined, under <c>g:&lt;group id&gt;</c>: a MessagePack array of version, number of members, when it is joined, whether results are passed on, two sets of bits (who has
/// succeeded, who has failed for good), whether it was joined, and the sequence that follows. The members' results lie beside it, under <c>g:&lt;group id&gt;:&lt;place&gt;</c>.
/// </summary>
internal sealed class GroupRecord
{
    private const int Version = 1;
    private const int Elements = 8;

    private readonly byte[] _succeeded;
    private readonly byte[] _failed;

    private GroupRecord(int members, JoinOn join, bool passesResults, byte[] succeeded, byte[] failed, bool isJoined, ReadOnlyMemory<byte> next)
    {
        Members = members;
        Join = join;
        PassesResults = passesResults;
        _succeeded = succeeded;
        _failed = failed;
        IsJoined = isJoined;
        Next = next;
    }

    internal int Members { get; }

    internal JoinOn Join { get; }

    internal bool PassesResults { get; }

    /// <summary>What follows was enqueued.</summary>
    internal bool IsJoined { get; }

    internal ReadOnlyMemory<byte> Next { get; }

    /// <summary>Whether every member is where the join wants it.</summary>
    internal bool IsFull
    {
        get
        {
            for (int place = 0; place < Members; place++)
            {
                if (!HasSucceeded(place) && (Join == JoinOn.AllSucceeded || !HasEnded(place)))
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal static string KeyOf(TaskId group) => $"g:{group}";

    internal static string ResultKeyOf(TaskId group, int place) => $"g:{group}:{place}";

    /// <summary>The record of a group that is joined, and of which no member has ended.</summary>
    internal static GroupRecord Begin(SequenceGroup group, ReadOnlyMemory<byte> next)
    {
        int length = (group.Members.Length + 7) / 8;
        return new GroupRecord(group.Members.Length, group.Join ?? JoinOn.AllEnded, group.PassesResults, new byte[length], new byte[length], isJoined: false, next);
    }

    internal bool HasSucceeded(int place) => Has(_succeeded, place);

    /// <summary>Whether a member has succeeded or failed for good.</summary>
    internal bool HasEnded(int place) => Has(_succeeded, place) || Has(_failed, place);

    /// <summary>Whether a member has failed for good, be it that it has succeeded since.</summary>
    internal bool HasFailures => _failed.AsSpan().ContainsAnyExcept((byte)0);

    /// <exception cref="MessagePackException">The group has no such member.</exception>
    internal void ThrowIfNoMember(int place)
    {
        if (place < 0 || place >= Members)
        {
            throw new MessagePackException($"The group has {Members} members, and this would be number {place}.");
        }
    }

    /// <summary>The record after a member's end; this one where nothing is new.</summary>
    internal GroupRecord With(int place, bool succeeded)
    {
        if (succeeded ? HasSucceeded(place) : HasEnded(place))
        {
            return this;
        }

        // Who has failed, was requeued and has succeeded stands in both: the first counts.
        byte[] changed = [.. succeeded ? _succeeded : _failed];
        changed[place / 8] |= (byte)(1 << (place % 8));
        return new GroupRecord(Members, Join, PassesResults, succeeded ? changed : _succeeded, succeeded ? _failed : changed, IsJoined, Next);
    }

    /// <summary>The record once it is joined: what follows needs not be kept any more.</summary>
    internal GroupRecord AsJoined() => new(Members, Join, PassesResults, _succeeded, _failed, isJoined: true, default);

    internal byte[] ToBytes()
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Elements);
        writer.Write(Version);
        writer.Write(Members);
        writer.Write((int)Join);
        writer.Write(PassesResults);
        writer.WriteBinary(_succeeded);
        writer.WriteBinary(_failed);
        writer.Write(IsJoined);
        writer.WriteBinary(Next.Span);
        writer.Flush();
        return ScratchBuffer.Take(buffer);
    }

    /// <summary>The record of a group; null where there is none.</summary>
    /// <exception cref="MessagePackException">The bytes are no record of a group of a known version.</exception>
    internal static async ValueTask<GroupRecord?> FindAsync(IStateStore state, TaskId group, CancellationToken cancellationToken) =>
        await state.GetAsync(KeyOf(group), cancellationToken).ConfigureAwait(false) is { } found ? Read(found.Value) : null;

    /// <exception cref="MessagePackException">The bytes are no record of a group of a known version.</exception>
    internal static GroupRecord Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        if (reader.ReadArrayHeader() < Elements || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no record of a group that this worker knows. Upgrade the workers before the producers.");
        }

        int members = reader.ReadInt32();
        var join = (JoinOn)reader.ReadInt32();
        bool passesResults = reader.ReadBoolean();
        byte[] succeeded = reader.ReadBinarySpan().ToArray();
        byte[] failed = reader.ReadBinarySpan().ToArray();
        bool isJoined = reader.ReadBoolean();
        int length = reader.ReadBinarySpan().Length;
        int end = (int)reader.Consumed;
        bool isWhole = members is > 0 and <= Canvas.MaxSteps && (join is JoinOn.AllSucceeded or JoinOn.AllEnded) && succeeded.Length == (members + 7) / 8 && failed.Length == succeeded.Length;
        return isWhole
            ? new GroupRecord(members, join, passesResults, succeeded, failed, isJoined, bytes[(end - length)..end])
            : throw new MessagePackException($"The record of a group of {members} members is damaged.");
    }

    private static bool Has(byte[] bits, int place) => (bits[place / 8] & (1 << (place % 8))) != 0;
}
