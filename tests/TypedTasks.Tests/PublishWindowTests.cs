using TypedTasks.Client;

namespace TypedTasks.Tests;

/// <summary>Many calls: when going on is in vain, they end.</summary>
public sealed class PublishWindowTests
{
    private const int Depth = 4;

    private int _read;

    [Theory]
    [InlineData(TaskRejection.Full)]
    [InlineData(TaskRejection.Refused)]
    [InlineData(TaskRejection.Stopped)]
    public async Task What_keeps_one_call_from_the_queue_ends_them_all(TaskRejection reason)
    {
        EnqueueManyException ended = await EnqueueAsync(_ => new TaskRejectedException(TaskId.New(), reason, "no"));

        Assert.InRange(_read, 1, Depth);
        Assert.Equal(_read, ended.Failures.Count);
    }

    [Fact]
    public async Task A_windowful_without_an_answer_ends_them()
    {
        EnqueueManyException ended = await EnqueueAsync(number => number < 10 ? null : new TaskUnconfirmedException(TaskId.New(), "silence"));

        Assert.Equal(10, ended.Accepted.Count);
        Assert.InRange(ended.Failures.Count, Depth, 2 * Depth);
    }

    [Fact]
    public async Task One_without_an_answer_or_too_large_does_not()
    {
        EnqueueManyException ended = await EnqueueAsync(number => number switch
        {
            3 or 5 or 7 or 9 => new TaskUnconfirmedException(TaskId.New(), "silence"),
            10 or 11 or 12 or 13 or 14 => new TaskRejectedException(TaskId.New(), TaskRejection.TooLarge, "large"),
            _ => null,
        });

        Assert.Equal([3, 5, 7, 9, 10, 11, 12, 13, 14], ended.FailedIndexes);
        Assert.Equal(100, _read);
    }

    [Theory]
    [InlineData(3, 0, "3 of 100 tasks were not accepted. The first: large")]
    [InlineData(0, 2, "Whether 2 of 100 tasks were accepted is not known. The first: silence")]
    [InlineData(3, 2, "3 of 100 tasks were not accepted, and whether 2 others were is not known. The first: silence")]
    public async Task What_may_have_been_accepted_is_told_apart_from_what_was_not(int refused, int unconfirmed, string message)
    {
        // Two in every three, so that no windowful is without an answer.
        EnqueueManyException ended = await EnqueueAsync(number =>
            number % 6 == 1 && number < 6 * unconfirmed ? new TaskUnconfirmedException(TaskId.New(), "silence")
            : number % 6 == 3 && number < 6 * refused ? new TaskRejectedException(TaskId.New(), TaskRejection.TooLarge, "large")
            : null);

        Assert.Equal(message, ended.Message);
    }

    [Fact]
    public async Task So_it_is_when_the_calls_are_broken_off()
    {
        EnqueueManyException ended = await Assert.ThrowsAsync<EnqueueManyException>(() => new PublishWindow<int>(Depth).EnqueueAsync(Numbers(), number => number switch
        {
            0 => ValueTask.FromException<TaskHandle<int>>(new TaskUnconfirmedException(TaskId.New(), "silence")),
            1 => ValueTask.FromException<TaskHandle<int>>(new TaskRejectedException(TaskId.New(), TaskRejection.TooLarge, "large")),
            2 => new ValueTask<TaskHandle<int>>(new TaskHandle<int>(TaskId.New(), null!)),
            _ => throw new FormatException("line 4"),
        }).AsTask());

        Assert.Equal("Enqueueing was broken off after 3 tasks: System.FormatException: line 4 1 of these was not accepted, and whether 1 other was is not known. The first: silence", ended.Message);
    }

    private Task<EnqueueManyException> EnqueueAsync(Func<int, TaskException?> failure) => Assert.ThrowsAsync<EnqueueManyException>(() =>
        new PublishWindow<int>(Depth).EnqueueAsync(Numbers(), number => failure(number) is { } refused
            ? ValueTask.FromException<TaskHandle<int>>(refused)
            : new ValueTask<TaskHandle<int>>(new TaskHandle<int>(TaskId.New(), null!))).AsTask());

    private IEnumerable<int> Numbers()
    {
        for (int number = 0; number < 100; number++)
        {
            _read++;
            yield return number;
        }
    }
}
