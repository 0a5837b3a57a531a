using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Tests;

/// <summary>The checker of canvases is able to fail: each mistake in a ledger is found, and what is allowed is not.</summary>
public sealed class GraphCheckTests
{
    private const int One = 100;
    private const int Other = 101;
    private const int InnerJoin = 3;
    private const int OuterJoin = 5;
    private const int LastJoin = 17;

    // In the one every step succeeds, in the other one fails for good.
    private const long Whole = 2;
    private const long Doomed = 3;

    [Theory]
    [InlineData(Whole)]
    [InlineData(Doomed)]
    public void A_canvas_whose_steps_ran_in_their_order_and_whose_result_is_right_is_valid(long graph)
    {
        Verdict verdict = Told(Ran(graph), graph).Check(new CheckRules(AllowsNoDuplicates: true));

        Assert.True(verdict.IsValid);
        Assert.Equal((20, 20, 1, 1, 3, 3), (verdict.Attempted, verdict.Accepted, verdict.Graphs, verdict.GraphsRight, verdict.Joins, verdict.JoinsOnce));
    }

    [Fact]
    public void A_join_that_never_ran_is_lost()
    {
        Verdict verdict = Ran(Whole, until: LastJoin).Check();

        Assert.Equal((1, 2, 2), (verdict.JoinsLost, verdict.JoinsOnce, verdict.Lost));
        Assert.Equal([Violation.Lost, Violation.Unanswered, Violation.JoinLost], verdict.Violations.Select(one => one.What));
    }

    [Fact]
    public void A_join_that_ran_under_two_ids_is_doubled()
    {
        Book book = Told(Ran(Whole).Step(Number(Whole, OuterJoin), Other, 1, mark: 77), Whole);

        AssertBroken(Violation.JoinDoubled, book.Check());
        Assert.Equal((1, 2), (book.Check().JoinsDoubled, book.Check().JoinsOnce));
    }

    [Fact]
    public void A_step_that_ran_under_two_ids_is_found() =>
        AssertBroken(Violation.StepDoubled, Told(Ran(Whole).Step(Number(Whole, 4), Other, 1, mark: 77), Whole).Check());

    [Fact]
    public void A_join_that_ran_twice_under_one_id_is_counted_and_allowed()
    {
        Verdict verdict = Told(Ran(Whole).Step(Number(Whole, OuterJoin), Other, 1, mark: OuterJoin), Whole).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((1, 1, 3), (verdict.Duplicated, verdict.ExtraEffects, verdict.JoinsOnce));
    }

    [Theory]
    [InlineData(Whole, InnerJoin, 1)]
    [InlineData(Whole, OuterJoin, InnerJoin)]
    [InlineData(Doomed, OuterJoin, 4)]
    [InlineData(Whole, LastJoin, 12)]
    [InlineData(Whole, 7, 6)]
    [InlineData(Whole, 19, 18)]
    public void What_begins_before_what_it_follows_is_done_is_out_of_order(long graph, int early, int late)
    {
        List<int> order = [.. Enumerable.Range(0, Graph.Steps)];
        order.Remove(early);
        order.Insert(order.IndexOf(late), early);

        Verdict verdict = Told(Ran(graph, order), graph).Check();

        (Violation what, _, IReadOnlyList<long> tasks) = Assert.Single(verdict.Violations);
        Assert.Equal(Violation.OutOfOrder, what);
        Assert.Contains(Number(graph, early), tasks);
    }

    [Fact]
    public void A_result_that_is_not_the_sum_of_the_steps_is_wrong() =>
        AssertBroken(Violation.WrongResult, Told(Ran(Whole), Whole, Graph.ResultOf(Whole) + 1).Check());

    [Fact]
    public void Who_waits_for_a_canvas_is_told_its_result_and_nothing_else()
    {
        long last = Number(Whole, Graph.Last);

        AssertBroken(Violation.Unanswered, Ran(Whole).Told(LedgerEvent.NoAnswer, last, TaskKind.Step).Check());
        AssertBroken(Violation.Buried, Ran(Whole).Told(LedgerEvent.DeadLetter, last, TaskKind.Step).Check());
    }

    [Fact]
    public void The_result_of_a_graph_is_what_its_numbers_make()
    {
        // Of the first graph: the step before the chains, the five chains, and what is behind.
        long head = (0 + 1 + 2 + 3) + 4 + 5 + 6;
        Assert.Equal((5 * head) + (7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16) + 17 + 18 + 19, Graph.ResultOf(0));

        // In the fourth the single task fails: its number, 64, is missing.
        long withoutSingle = (60 + 61 + 62 + 63) + 65 + 66;
        Assert.Equal((5 * withoutSingle) + (67 + 68 + 69 + 70 + 71 + 72 + 73 + 74 + 75 + 76) + 77 + 78 + 79, Graph.ResultOf(3));
    }

    private static long Number(long graph, int place) => (graph * Graph.Steps) + place;

    private static Book Ran(long graph, int until = Graph.Steps) => Ran(graph, Enumerable.Range(0, until));

    /// <summary>A canvas that was accepted, and whose steps ran in this order, each under the id that its place marks.</summary>
    private static Book Ran(long graph, IEnumerable<int> order)
    {
        var book = new Book();
        for (int place = 0; place < Graph.Steps; place++)
        {
            book.Asked(Number(graph, place), Graph.KindOf(Number(graph, place)));
        }

        return order.Aggregate(book, (written, place) => written.Step(Number(graph, place), One, place + 1, mark: place));
    }

    private static Book Told(Book book, long graph) => Told(book, graph, Graph.ResultOf(graph));

    private static Book Told(Book book, long graph, long result)
    {
        RunId told = RunId.OfResult(result);
        return book.Outcome(Number(graph, Graph.Last), TaskKind.Step, told.Process, told.Run);
    }

    private static void AssertBroken(Violation what, Verdict verdict) => Assert.Equal([what], verdict.Violations.Select(one => one.What));
}
