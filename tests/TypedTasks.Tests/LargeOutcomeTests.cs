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

    private sealed class BrokenStore : ILargeOutcomeStore
    {
        public ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken) => throw new IOException("The share is gone.");

        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken) => throw new IOException("The share is gone.");
    }
}
