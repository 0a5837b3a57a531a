using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Tests;

/// <summary>The checker is able to fail: each promise that is broken in a ledger is found, and what is allowed is not.</summary>
public sealed class CheckerTests
{
    private const int One = 100;
    private const int Other = 101;

    [Fact]
    public void A_run_without_a_fault_is_valid()
    {
        Verdict verdict = new Book()
            .Asked(0, TaskKind.Plain).Asked(1, TaskKind.Keyed).Asked(2, TaskKind.Kept)
            .Ran(0, TaskKind.Plain, One, 1).Ran(1, TaskKind.Keyed, One, 2).Ran(2, TaskKind.Kept, Other, 1)
            .Outcome(1, TaskKind.Keyed, One, 2).Outcome(2, TaskKind.Kept, Other, 1)
            .Check(new CheckRules(AllowsNoDuplicates: true));

        Assert.True(verdict.IsValid);
        Assert.Equal((3, 3, 0, 0, 1, 1), (verdict.Attempted, verdict.Accepted, verdict.Lost, verdict.Duplicated, verdict.Keys, verdict.KeysOnce));
    }

    [Theory]
    [InlineData(TaskKind.Plain)]
    [InlineData(TaskKind.Kept)]
    public void A_task_that_was_accepted_and_never_worked_at_is_lost(TaskKind kind) =>
        AssertBroken(Violation.Lost, new Book().Asked(0, kind).Start(0, kind, One, 1).Told(LedgerEvent.NoAnswer, 0, kind).Check());

    [Fact]
    public void A_key_that_was_accepted_and_never_worked_at_is_lost() =>
        AssertBroken(Violation.Lost, new Book().Asked(1, TaskKind.Keyed).Check());

    [Fact]
    public void A_poison_task_that_is_no_dead_letter_is_lost() =>
        AssertBroken(Violation.Lost, new Book().Asked(0, TaskKind.Poison).Start(0, TaskKind.Poison, One, 1).Check());

    [Fact]
    public void A_task_that_was_not_accepted_may_be_lost_and_may_have_run()
    {
        Verdict verdict = new Book().Intent(0, TaskKind.Plain).Intent(4, TaskKind.Plain).Ran(4, TaskKind.Plain, One, 1).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((2, 0, 1), (verdict.Attempted, verdict.Accepted, verdict.Recovered));
    }

    [Fact]
    public void A_task_that_nobody_asked_for_is_unexpected() =>
        AssertBroken(Violation.Unexpected, new Book().Ran(0, TaskKind.Plain, One, 1).Check());

    [Fact]
    public void A_task_without_a_key_that_ran_twice_is_counted_and_allowed()
    {
        Book book = new Book().Asked(0, TaskKind.Plain).Ran(0, TaskKind.Plain, One, 1).Ran(0, TaskKind.Plain, Other, 1);

        Verdict verdict = book.Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((1, 1), (verdict.Duplicated, verdict.ExtraEffects));
        AssertBroken(Violation.Duplicated, book.Check(new CheckRules(AllowsNoDuplicates: true)));
    }

    [Fact]
    public void A_task_that_began_before_its_time_is_early()
    {
        AssertBroken(Violation.Early, new Book().Intent(0, TaskKind.Plain, delay: 500).Accepted(0, TaskKind.Plain).Wait(400).Ran(0, TaskKind.Plain, One, 1).Check());
        Assert.True(new Book().Intent(0, TaskKind.Plain, delay: 500).Accepted(0, TaskKind.Plain).Wait(600).Ran(0, TaskKind.Plain, One, 1).Check().IsValid);
    }

    [Fact]
    public void Two_results_for_one_key_are_a_key_that_completed_twice() =>
        AssertBroken(Violation.KeyTwice, Pair().Ran(1, TaskKind.Keyed, One, 1).Ran(1001, TaskKind.Keyed, Other, 1)
            .Outcome(1, TaskKind.Keyed, One, 1).Outcome(1001, TaskKind.Keyed, Other, 1).Check());

    [Fact]
    public void A_second_effect_of_a_key_that_was_complete_is_found_whatever_the_waiters_were_told()
    {
        Book book = Pair().Ran(1, TaskKind.Keyed, One, 1, fence: 7).Ran(1, TaskKind.Keyed, Other, 1, fence: 8).Outcome(1, TaskKind.Keyed, One, 1).Outcome(1001, TaskKind.Keyed, One, 1);

        AssertBroken(Violation.KeyRepeated, book.Check());

        // That the second run's worker is killed afterwards excuses nothing.
        AssertBroken(Violation.KeyRepeated, book.Fault(FaultKind.WorkerKill, Other).Check());
    }

    [Fact]
    public void A_second_effect_of_a_key_by_another_of_its_tasks_is_found() =>
        AssertBroken(Violation.KeyRepeated, Pair().Ran(1, TaskKind.Keyed, One, 1, fence: 7).Ran(1001, TaskKind.Keyed, Other, 1, fence: 3)
            .Outcome(1, TaskKind.Keyed, One, 1).Outcome(1001, TaskKind.Keyed, One, 1).Check());

    [Fact]
    public void A_run_that_claimed_before_the_one_that_completed_and_began_after_it_only_lost_its_lease()
    {
        Verdict verdict = Pair().Ran(1, TaskKind.Keyed, One, 1, fence: 8).Ran(1, TaskKind.Keyed, Other, 1, fence: 7)
            .Outcome(1, TaskKind.Keyed, One, 1).Outcome(1001, TaskKind.Keyed, One, 1).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((1, 0, 1), (verdict.KeysOnce, verdict.CutByKill, verdict.CutByLease));
    }

    [Fact]
    public void An_effect_of_a_key_that_a_kill_kept_from_completing_is_counted_and_allowed()
    {
        Verdict verdict = Pair().Ran(1, TaskKind.Keyed, One, 1, fence: 7).Fault(FaultKind.WorkerKill, One).Ran(1, TaskKind.Keyed, Other, 1, fence: 8)
            .Outcome(1, TaskKind.Keyed, Other, 1).Outcome(1001, TaskKind.Keyed, Other, 1).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((1, 1, 0), (verdict.KeysOnce, verdict.CutByKill, verdict.CutByLease));
    }

    [Fact]
    public void A_worker_that_stood_still_between_its_claim_and_its_beginning_is_excused()
    {
        Book during = Pair().Fault(FaultKind.WorkerPause, One, 5000, book => book.Ran(1, TaskKind.Keyed, Other, 1)).Ran(1001, TaskKind.Keyed, One, 1);
        Book after = Pair().Ran(1, TaskKind.Keyed, Other, 1).Fault(FaultKind.WorkerPause, One, 5000).Ran(1001, TaskKind.Keyed, One, 1);

        Assert.True(during.Outcome(1, TaskKind.Keyed, Other, 1).Outcome(1001, TaskKind.Keyed, Other, 1).Check().IsValid);
        AssertBroken(Violation.KeyRepeated, after.Outcome(1, TaskKind.Keyed, Other, 1).Outcome(1001, TaskKind.Keyed, Other, 1).Check());
    }

    [Fact]
    public void A_result_that_no_run_made_is_invented()
    {
        AssertBroken(Violation.Invented, new Book().Asked(2, TaskKind.Kept).Ran(2, TaskKind.Kept, One, 1).Outcome(2, TaskKind.Kept, One, 7).Check());
        AssertBroken(Violation.Invented, Pair().Ran(1, TaskKind.Keyed, One, 1).Outcome(1, TaskKind.Keyed, One, 7).Outcome(1001, TaskKind.Keyed, One, 7).Check());
    }

    [Fact]
    public void A_waiter_who_was_told_nothing_is_found()
    {
        AssertBroken(Violation.Unanswered, new Book().Asked(2, TaskKind.Kept).Ran(2, TaskKind.Kept, One, 1).Told(LedgerEvent.NoAnswer, 2, TaskKind.Kept).Check());
        AssertBroken(Violation.Unanswered, Pair().Ran(1, TaskKind.Keyed, One, 1).Outcome(1, TaskKind.Keyed, One, 1).Check());
    }

    [Fact]
    public void A_dead_letter_is_for_those_that_fail()
    {
        AssertBroken(Violation.Buried, new Book().Asked(2, TaskKind.Kept).Told(LedgerEvent.DeadLetter, 2, TaskKind.Kept).Check());
        Assert.True(new Book().Asked(2, TaskKind.Poison).Start(2, TaskKind.Poison, One, 1).Told(LedgerEvent.DeadLetter, 2, TaskKind.Poison).Check().IsValid);
    }

    [Fact]
    public void A_poison_task_that_kills_more_workers_than_its_attempts_is_found()
    {
        Book book = new Book().Asked(2, TaskKind.Poison);
        for (int attempt = 1; attempt <= 4; attempt++)
        {
            book.Start(2, TaskKind.Poison, 100 + attempt, 1, attempt);
        }

        AssertBroken(Violation.TooManyAttempts, book.Told(LedgerEvent.DeadLetter, 2, TaskKind.Poison).Check());
    }

    [Fact]
    public void What_a_broker_may_forget_is_only_what_it_was_told_just_before_it_was_killed()
    {
        var rules = new CheckRules(IsLossy: true);

        Verdict justBefore = new Book().Asked(0, TaskKind.Plain).Wait(1000).Fault(FaultKind.BrokerKill, 50).Check(rules);
        Verdict longBefore = new Book().Asked(0, TaskKind.Plain).Wait(4000).Fault(FaultKind.BrokerKill, 50).Check(rules);
        Verdict notAtAll = new Book().Asked(0, TaskKind.Plain).Wait(1000).Fault(FaultKind.BrokerKill, 50).Check();

        Assert.True(justBefore.IsValid);
        Assert.Equal((0, 1), (justBefore.Lost, justBefore.LostWithinSetting));
        AssertBroken(Violation.Lost, longBefore);
        AssertBroken(Violation.Lost, notAtAll);
    }

    [Fact]
    public void An_occurrence_runs_under_one_id_and_perhaps_again_after_a_kill()
    {
        Verdict verdict = new Book().Asked(0, TaskKind.Occurrence).Asked(1, TaskKind.Occurrence).Occurrence(0, One, 1, mark: 7).Occurrence(0, Other, 1, mark: 7).Occurrence(1, One, 2, mark: 8).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((2, 2, 0, 1), (verdict.Occurrences, verdict.OccurrencesOnce, verdict.OccurrencesDoubled, verdict.Duplicated));
    }

    [Fact]
    public void An_occurrence_that_was_enqueued_twice_is_doubled() =>
        AssertBroken(Violation.OccurrenceDoubled, new Book().Asked(0, TaskKind.Occurrence).Occurrence(0, One, 1, mark: 7).Occurrence(0, Other, 1, mark: 8).Check());

    [Fact]
    public void An_occurrence_that_was_left_out_is_lost() =>
        AssertBroken(Violation.Lost, new Book().Asked(0, TaskKind.Occurrence).Asked(1, TaskKind.Occurrence).Occurrence(1, One, 1, mark: 7).Check());

    [Fact]
    public void An_occurrence_that_ran_before_its_instant_is_early() =>
        AssertBroken(Violation.Early, new Book().Intent(0, TaskKind.Occurrence, delay: 500).Accepted(0, TaskKind.Occurrence).Wait(400).Occurrence(0, One, 1, mark: 7).Check());

    [Fact]
    public void Half_a_record_at_the_end_counts_as_not_written_and_is_told()
    {
        // The acceptance is torn: nobody knows that the task was accepted, and so it may be lost.
        Verdict verdict = new Book().Asked(0, TaskKind.Plain).Tear(process: 1, bytes: 11).Check();

        Assert.True(verdict.IsValid);
        Assert.Equal((1, 0, 1), (verdict.Attempted, verdict.Accepted, verdict.Torn));
    }

    [Fact]
    public void A_torn_effect_is_no_effect() =>
        AssertBroken(Violation.Lost, new Book().Asked(0, TaskKind.Plain).Ran(0, TaskKind.Plain, One, 1).Tear(One, bytes: 1).Check());

    [Fact]
    public void A_record_that_is_damaged_in_the_middle_is_not_passed_over() =>
        AssertBroken(Violation.DamagedLedger, new Book().Asked(0, TaskKind.Plain).Asked(4, TaskKind.Plain)
            .Ran(0, TaskKind.Plain, One, 1).Ran(4, TaskKind.Plain, One, 2).Damage(process: 1, record: 1).Check());

    [Fact]
    public void How_long_a_recovery_took_is_read_from_the_ledgers()
    {
        Verdict verdict = new Book()
            .Asked(0, TaskKind.Plain).Start(0, TaskKind.Plain, One, 1).Fault(FaultKind.WorkerKill, One)
            .Wait(1500).Ran(0, TaskKind.Plain, Other, 1)
            .Fault(FaultKind.BrokerKill, 50, milliseconds: 300).Wait(200).Asked(4, TaskKind.Plain).Ran(4, TaskKind.Plain, Other, 2)
            .Check();

        Assert.Collection(
            verdict.Recoveries,
            whole => Assert.Equal(("broker-kill: until it is whole", 1, 301), (whole.What, whole.Count, whole.P50)),
            accepted => Assert.Equal(("broker-kill: until a task is accepted", 1, 503), (accepted.What, accepted.Count, accepted.P50)),
            worked => Assert.Equal(("broker-kill: until a task is worked at", 1, 505), (worked.What, worked.Count, worked.P50)),
            again => Assert.Equal(("worker-kill: until a task that it cut short begins again", 1, 1503), (again.What, again.Count, again.P50)));
    }

    [Fact]
    public void A_report_says_how_many_faults_were_done_and_how_many_were_planned()
    {
        Verdict verdict = new Book().Asked(0, TaskKind.Plain).Ran(0, TaskKind.Plain, One, 1).Fault(FaultKind.BrokerKill, 50).Fault(FaultKind.WorkerKill, One).Fault(FaultKind.WorkerKill, Other).Check();
        ChaosOptions options = ChaosOptions.Parse(["--experiment", "both", "--faults", "broker-kill=3,worker-kill=2"])!;

        Assert.Contains("faults      1 broker-kill (of 3 planned), 2 worker-kill", new ChaosReport(options, "a broker", verdict).ToString(), StringComparison.Ordinal);
    }

    /// <summary>The two tasks of a key.</summary>
    private static Book Pair()
    {
        Assert.Equal(Plan.KeyOf(1), Plan.KeyOf(1001));
        return new Book().Asked(1, TaskKind.Keyed).Asked(1001, TaskKind.Keyed);
    }

    private static void AssertBroken(Violation what, Verdict verdict) => Assert.Equal([what], verdict.Violations.Select(one => one.What).Where(one => one != Violation.Unanswered || what == Violation.Unanswered));
}
