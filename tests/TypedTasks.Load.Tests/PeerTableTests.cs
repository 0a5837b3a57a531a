namespace TypedTasks.Load.Tests;

public sealed class PeerTableTests
{
    [Fact]
    public void The_first_queue_of_a_place_is_what_the_others_there_are_compared_with()
    {
        string[] rows = Rows(
            """Redis	ours	{"mode":"enqueue","tasks":3000,"tasksPerSecond":90000}""",
            """Redis	ours	{"mode":"consume","tasks":2000,"tasksPerSecond":80000}""",
            """Redis	ours	{"mode":"endtoend","tasks":1000,"tasksPerSecond":60000}""",
            """Redis	theirs	{"mode":"consume","tasks":500,"tasksPerSecond":16000,"lost":1}""",
            """Redis	theirs	{"mode":"endtoend","tasks":500,"tasksPerSecond":1000,"lost":2,"duplicated":4}""",
            """memory	other	{"mode":"endtoend","tasks":5,"tasksPerSecond":7}""");

        Assert.Equal(
            [
                "| Redis | ours | 3,000 | 90,000 | 80,000 | 60,000 | 1.0 | 1.0 | 0 | 0 |",
                "| Redis | theirs | 500 | – | 16,000 | 1,000 | 5.0 | 60 | 3 | 4 |",
                "| memory | other | 5 | – | – | 7 | – | 1.0 | 0 | 0 |",
            ],
            rows);
    }

    [Fact]
    public void A_queue_that_was_not_run_has_a_row_that_says_why()
    {
        Assert.Equal(
            [
                "| RabbitMQ | ours | – | – | – | – | – | – | – | not run: no such package |",
                "| RabbitMQ | theirs | 5 | – | – | 7 | – | – | 0 | 0 |",
            ],
            Rows("RabbitMQ\tours\tno such package", """RabbitMQ	theirs	{"mode":"endtoend","tasks":5,"tasksPerSecond":7}"""));
    }

    private static string[] Rows(params string[] lines) => PeerTable.Of(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[2..];
}
