using TypedTasks.Canvases;
using TypedTasks.Engine;

namespace TypedTasks.Tests;

/// <summary>Members of a group that end at once are noted by one write.</summary>
public sealed class GroupTalliesTests
{
    private const int Members = 40;
    private static readonly TaskId Group = TaskId.New();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HeldStore _store = new();
    private readonly GroupTallies _tallies;

    public GroupTalliesTests() => _tallies = new GroupTallies(_store, static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false));

    private GroupState Seen => new(GroupRecord.Read(_store.Value), _store.Revision);

    [Fact]
    public async Task Those_who_come_while_one_writes_are_written_together_by_the_first_of_them()
    {
        Task<(GroupState State, bool IsWriter)> first = NoteAsync(0);
        Task<(GroupState State, bool IsWriter)>[] others = [.. Enumerable.Range(1, Members - 1).Select(NoteAsync)];
        Assert.Equal(1, _store.Writes);
        _store.LetOne();
        Assert.True((await first.WaitAsync(Patience)).IsWriter);
        await _store.BegunAsync(2);
        _store.LetOne();

        (GroupState State, bool IsWriter)[] ended = await Task.WhenAll(others).WaitAsync(Patience);

        Assert.Equal(2, _store.Writes);
        Assert.Single(ended, end => end.IsWriter);
        Assert.All(ended, end => Assert.True(end.State.Record.IsFull));
        Assert.True(GroupRecord.Read(_store.Value).IsFull);
    }

    [Fact]
    public async Task A_write_that_fails_fails_for_its_own_and_the_next_goes_on()
    {
        Task first = NoteAsync(0);
        Task second = NoteAsync(1);
        Task third = NoteAsync(2);
        _store.FailOne();
        await Assert.ThrowsAsync<TaskEngineException>(() => first.WaitAsync(Patience));
        await _store.BegunAsync(2);
        Task fourth = NoteAsync(3);
        _store.FailOne();
        await Assert.ThrowsAsync<TaskEngineException>(() => second.WaitAsync(Patience));
        await Assert.ThrowsAsync<TaskEngineException>(() => third.WaitAsync(Patience));
        await _store.BegunAsync(3);
        _store.LetOne();

        await fourth.WaitAsync(Patience);
        GroupRecord record = GroupRecord.Read(_store.Value);
        Assert.Equal([false, false, false, true], new[] { 0, 1, 2, 3 }.Select(record.HasSucceeded));
    }

    [Fact]
    public async Task Another_processes_write_is_met_once_and_kept()
    {
        GroupState seen = Seen;
        _store.Write(seen.Record.With(30, succeeded: true).ToBytes());
        Task<(GroupState State, bool IsWriter)> noting = _tallies.NoteAsync(new SequenceJoin(Group, 0), succeeded: true, seen, TimeSpan.FromHours(1), CancellationToken.None).AsTask();
        _store.LetOne();
        await _store.BegunAsync(2);
        _store.LetOne();

        GroupRecord record = (await noting.WaitAsync(Patience)).State.Record;
        Assert.True(record.HasSucceeded(0) && record.HasSucceeded(30));
    }

    [Fact]
    public async Task What_is_noted_already_or_joined_is_not_written()
    {
        _store.Write(Seen.Record.With(0, succeeded: true).ToBytes());
        (GroupState again, bool isWriter) = await NoteAsync(0).WaitAsync(Patience);
        _store.Write(Seen.Record.AsJoined().ToBytes());
        (GroupState joined, _) = await NoteAsync(1).WaitAsync(Patience);

        Assert.True(isWriter && again.Record.HasSucceeded(0));
        Assert.True(joined.Record is { IsJoined: true } && !joined.Record.HasSucceeded(1));
        Assert.Equal(0, _store.Writes);
    }

    private Task<(GroupState State, bool IsWriter)> NoteAsync(int place) =>
        _tallies.NoteAsync(new SequenceJoin(Group, place), succeeded: true, Seen, TimeSpan.FromHours(1), CancellationToken.None).AsTask();

    /// <summary>A store of one key, whose conditional writes wait for the test.</summary>
    private sealed class HeldStore : IStateStore
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly Queue<TaskCompletionSource<bool>> _held = new();
        private int _waitedFor;

        public ReadOnlyMemory<byte> Value { get; private set; } = GroupRecord.Begin(
            new SequenceGroup(Group, JoinOn.AllSucceeded, PassesResults: false, [.. new ReadOnlyMemory<byte>[Members]]), next: default).ToBytes();

        public long Revision { get; private set; } = 1;

        public int Writes { get; private set; }

        public void Write(byte[] value)
        {
            Value = value;
            Revision++;
        }

        public void LetOne() => _held.Dequeue().SetResult(true);

        public void FailOne() => _held.Dequeue().SetResult(false);

        /// <summary>Until so many writes have begun in all.</summary>
        public async Task BegunAsync(int writes)
        {
            for (; _waitedFor < writes; _waitedFor++)
            {
                Assert.True(await _begun.WaitAsync(Patience));
            }
        }

        public async ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
        {
            var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(gate);
            Writes++;
            _begun.Release();
            if (!await gate.Task)
            {
                throw new TaskEngineException("The test lets it fail.");
            }

            if (revision != Revision)
            {
                return new StateWrite(false, new StateEntry(Value, Revision));
            }

            Write(value.ToArray());
            return new StateWrite(true, new StateEntry(value, Revision));
        }

        public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) => new(new StateEntry(Value, Revision));

        public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
