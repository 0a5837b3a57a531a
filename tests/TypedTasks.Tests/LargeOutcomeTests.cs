using System.Buffers;
using TypedTasks.Client;
using TypedTasks.Engine;
using TypedTasks.Results;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>Outcomes outside of the engine: what is left behind in the folder, and what a caller hears of a store that fails.</summary>
public sealed class LargeOutcomeTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_a_killed_process_left_half_written_is_deleted_in_the_end()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("typedtasks-");
        try
        {
            var time = new VirtualTime();
            var store = new FileOutcomeStore(folder.FullName, timeProvider: time);
            string old = Path.Combine(folder.FullName, $"{TaskId.New()}.outcome.{Guid.NewGuid():N}.tmp");
            string fresh = Path.Combine(folder.FullName, $"{TaskId.New()}.outcome.{Guid.NewGuid():N}.tmp");
            await File.WriteAllTextAsync(old, "half", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(fresh, "half", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(old, time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));
            File.SetLastWriteTimeUtc(fresh, time.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(1));
            TaskId id = TaskId.New();

            await store.WriteAsync(id, "whole"u8.ToArray(), Keep, TestContext.Current.CancellationToken);

            Assert.False(File.Exists(old), "The old draft is still there.");
            Assert.True(File.Exists(fresh), "A draft that may still be written was deleted.");
            Assert.Equal("whole"u8.ToArray(), (await store.ReadAsync(id, TestContext.Current.CancellationToken)).ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task What_is_written_anew_while_what_is_over_is_deleted_is_kept(int when)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("typedtasks-");
        try
        {
            var time = new VirtualTime();
            var store = new FileOutcomeStore(folder.FullName, timeProvider: time);
            TaskId id = TaskId.New();
            await store.WriteAsync(id, "old"u8.ToArray(), -Keep, TestContext.Current.CancellationToken);
            string path = Assert.Single(folder.GetFiles()).FullName;

            // Another process writes it anew, between two steps of this one.
            var clock = new InterruptedClock(time, when, () =>
            {
                File.WriteAllText(path + ".new.tmp", "new");
                File.SetLastWriteTimeUtc(path + ".new.tmp", (time.GetUtcNow() + Keep).UtcDateTime);
                File.Move(path + ".new.tmp", path, overwrite: true);
            });
            await new FileOutcomeStore(folder.FullName, timeProvider: clock).WriteAsync(TaskId.New(), "other"u8.ToArray(), Keep, TestContext.Current.CancellationToken);

            Assert.True(clock.HasInterrupted || when > 3);
            ReadOnlyMemory<byte> kept = await store.ReadAsync(id, TestContext.Current.CancellationToken);
            Assert.Equal(clock.HasInterrupted ? "new" : "", System.Text.Encoding.UTF8.GetString(kept.Span));
            Assert.Equal(clock.HasInterrupted ? 2 : 1, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_makes_the_outcome_unavailable()
    {
        var time = new VirtualTime();
        await using var host = new EngineHost(time.CreateEngine(), [], time, new BrokenStore());
        var note = new ArrayBufferWriter<byte>();
        OutcomeRecord.WriteElsewhere(note, TaskId.New(), TaskState.Succeeded, 1, 2);

        TaskOutcomeUnavailableException unavailable = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(async () =>
            await OutcomeReading.ReadResultAsync<string, InvoicesTasks.GenerateArguments>(host, TaskId.New(), new TaskStatusReport(TaskState.Succeeded, note.WrittenMemory), CancellationToken.None));

        Assert.IsType<IOException>(unavailable.InnerException);
    }

    /// <summary>Something happens when the time is asked for the so-manieth time.</summary>
    private sealed class InterruptedClock(TimeProvider time, int when, Action interrupt) : TimeProvider
    {
        private int _asked;

        public bool HasInterrupted => _asked >= when;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == when)
            {
                interrupt();
            }

            return time.GetUtcNow();
        }
    }

    private sealed class BrokenStore : ILargeOutcomeStore
    {
        public ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken) => throw new IOException("The share is gone.");

        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken) => throw new IOException("The share is gone.");
    }
}
