using System.Globalization;
using TypedTasks.Engine;

namespace TypedTasks.Embedded.Tests;

/// <summary>The engine against the model, over thousands of random histories. A history that fails names its seed and its steps.</summary>
public sealed class ModelTests
{
    private const int Histories = 1_500;
    private const int Steps = 80;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_engine_does_what_the_model_does(bool reuseDeliveries)
    {
        for (int seed = 0; seed < Histories; seed++)
        {
            using History history = new(seed, reuseDeliveries);
            try
            {
                for (int step = 0; step < Steps; step++)
                {
                    history.Step();
                }
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception.Message}{Environment.NewLine}{string.Join(Environment.NewLine, history.Log)}");
            }
        }
    }

    private sealed class History : IDisposable
    {
        private const int Numbers = 8;
        private const int MaxTasks = 5;
        private const int MaxDeadLetters = 1;
        private static readonly long[] LeaseLengths = [20, 50];

        private readonly Random _random;
        private readonly TestEngine _engine;
        private readonly EngineModel _model = new(MaxTasks, MaxDeadLetters);
        private readonly ILaneConsumer[] _consumers;
        private readonly List<(ModelHold Hold, Delivery Delivery)> _held = [];
        private readonly List<(long Number, Task<TaskStatusReport> Wait)> _waits = [];
        private long _lastFence;

        public History(int seed, bool reuseDeliveries)
        {
            _random = new Random(seed);
            _engine = new TestEngine(new EmbeddedEngineOptions
            {
                MaxTasksPerLane = MaxTasks,
                MaxDeadLettersPerLane = MaxDeadLetters,
                PublishTimeout = TimeSpan.Zero,
                ReuseDeliveries = reuseDeliveries,
            });
            _consumers = [.. LeaseLengths.Select(lease => _engine.ConsumeAsync(TimeSpan.FromMilliseconds(lease)).GetAwaiter().GetResult())];
        }

        public List<string> Log { get; } = [];

        private IEngineAdministration Administration => _engine.Engine.Administration;

        public void Step()
        {
            int choice = _random.Next(100);
            if (choice < 25)
            {
                Publish();
            }
            else if (choice < 45)
            {
                Receive();
            }
            else if (choice < 70)
            {
                Settle();
            }
            else if (choice < 76)
            {
                Renew();
            }
            else if (choice < 88)
            {
                Advance();
            }
            else if (choice < 92)
            {
                Wait();
            }
            else
            {
                Administer();
            }

            Compare();
        }

        public void Dispose() => _engine.DisposeAsync().AsTask().GetAwaiter().GetResult();

        private void Publish()
        {
            long number = _random.Next(Numbers);
            long notBefore = _random.Next(3) == 0 ? _model.Now + _random.Next(-5, 40) : 0;
            string expected = _model.Publish(number, notBefore);
            Note($"publish {number} not before {notBefore}: {expected}");
            string actual;
            try
            {
                actual = _engine.PublishAsync(number, notBefore == 0 ? default : At(notBefore)).GetAwaiter().GetResult().ToString();
            }
            catch (TaskRejectedException rejected)
            {
                actual = rejected.Reason.ToString();
            }

            Assert.Equal(expected, actual);
        }

        private void Receive()
        {
            int consumer = _random.Next(_consumers.Length);
            int count = _random.Next(1, 4);
            List<ModelHold> expected = _model.Receive(consumer, LeaseLengths[consumer], count);
            Note($"receive {count} by {consumer}: {string.Join(", ", expected.Select(hold => $"{hold.Task.Number} attempt {hold.Attempt}"))}");
            Delivery[] actual = TestEngine.Receive(_consumers[consumer], count);
            Assert.Equal(expected.Select(hold => (hold.Task.Number, hold.Attempt)), actual.Select(delivery => (TestEngine.NumberOf(delivery), delivery.Attempt)));
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.True(actual[i].Fence > _lastFence, "The fence is not greater.");
                _lastFence = actual[i].Fence;
                _held.Add((expected[i], actual[i]));
            }
        }

        private void Settle()
        {
            if (TakeHeld() is not var (hold, delivery))
            {
                return;
            }

            long keep = _random.Next(3) * 30;
            long delay = _random.Next(2) == 0 ? 0 : _random.Next(40);
            bool uncounted = _random.Next(3) == 0;
            SettlementKind kind = (SettlementKind)_random.Next(4);
            bool done = kind switch
            {
                SettlementKind.Complete => _model.Complete(hold, TaskState.Succeeded, keep),
                SettlementKind.DeadLetter => _model.Bury(hold, keep),
                SettlementKind.Retry => _model.Retry(hold, _model.Now + delay, uncounted),
                _ => _model.Release(hold),
            };
            Note($"settle {hold.Task.Number} attempt {hold.Attempt} as {kind}, keep {keep}, delay {delay}, uncounted {uncounted}: {done}");
            AssertUnchanged(hold, delivery);
            TimeSpan keepOutcome = TimeSpan.FromMilliseconds(keep);
            Settlement settlement = kind switch
            {
                SettlementKind.Complete => TestEngine.Complete(delivery, keepOutcome),
                SettlementKind.DeadLetter => TestEngine.DeadLetter(delivery) with { KeepOutcome = keepOutcome },
                _ => new Settlement
                {
                    Delivery = delivery,
                    Kind = kind,
                    Id = TestEngine.Id(hold.Task.Number),
                    Delay = TimeSpan.FromMilliseconds(delay),
                    Uncounted = uncounted,
                },
            };
            Assert.Equal(done ? SettleStatus.Done : SettleStatus.LeaseLost, TestEngine.Settle(_consumers[hold.Consumer], settlement));
        }

        private void Renew()
        {
            if (TakeHeld() is not var (hold, delivery))
            {
                return;
            }

            bool done = _model.Renew(hold, LeaseLengths[hold.Consumer]);
            Note($"renew {hold.Task.Number} attempt {hold.Attempt}: {done}");
            AssertUnchanged(hold, delivery);
            SettleStatus[] statuses = new SettleStatus[1];
            _consumers[hold.Consumer].RenewAsync(new[] { delivery }, statuses, CancellationToken.None).GetAwaiter().GetResult();
            Assert.Equal(done ? SettleStatus.Done : SettleStatus.LeaseLost, statuses[0]);
            _held.Add((hold, delivery));
        }

        private void Advance()
        {
            int milliseconds = _random.Next(1, 40);
            Note($"advance {milliseconds}");
            _model.Advance(milliseconds);
            _engine.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }

        private void Wait()
        {
            long number = _random.Next(Numbers);
            Note($"wait for {number}");
            _waits.Add((number, _engine.Engine.Outcomes.WaitAsync(TestEngine.Id(number), CancellationToken.None).AsTask()));
        }

        private void Administer()
        {
            long number = _random.Next(Numbers);
            TaskId id = TestEngine.Id(number);
            int choice = _random.Next(10);
            Note($"administer {choice} {number}");
            switch (choice)
            {
                case < 3:
                    Assert.Equal(_model.Requeue(number), Administration.RequeueDeadLetterAsync(TestEngine.TestLane, id, default).GetAwaiter().GetResult());
                    break;
                case < 5:
                    Assert.Equal(_model.Delete(number), Administration.DeleteDeadLetterAsync(TestEngine.TestLane, id, default).GetAwaiter().GetResult());
                    break;
                case < 7:
                    _model.Forget(number);
                    _engine.Engine.Outcomes.ForgetAsync(id, default).GetAwaiter().GetResult();
                    break;
                case 7:
                    Assert.Equal(_model.Purge().Count, Administration.PurgeAsync(TestEngine.TestLane, default).GetAwaiter().GetResult());
                    break;
                case 8:
                    _model.IsPaused = true;
                    Administration.PauseAsync(TestEngine.TestLane.Queue, default).GetAwaiter().GetResult();
                    break;
                default:
                    _model.IsPaused = false;
                    Administration.ResumeAsync(TestEngine.TestLane.Queue, default).GetAwaiter().GetResult();
                    break;
            }
        }

        private void Compare()
        {
            LaneStatistics statistics = _engine.StatisticsAsync().GetAwaiter().GetResult();
            var depths = (statistics.Ready, statistics.Delayed, statistics.InFlight, statistics.DeadLetters, statistics.IsPaused);
            var expectedDepths = ((long)_model.Ready, (long)_model.Delayed, (long)_model.InFlight, (long)_model.Dead, _model.IsPaused);
            if (depths != expectedDepths)
            {
                Assert.Fail($"Ready, delayed, in flight, dead and paused are {depths}, not {expectedDepths}.");
            }

            for (long number = 0; number < Numbers; number++)
            {
                TaskStatusReport report = _engine.Engine.Outcomes.GetAsync(TestEngine.Id(number), default).GetAwaiter().GetResult();
                (TaskState State, bool HasOutcome) expected = _model.StateOf(number);
                if (expected != (report.State, !report.Outcome.IsEmpty))
                {
                    Assert.Fail($"The state of {number} is {report.State} (outcome: {!report.Outcome.IsEmpty}), not {expected.State} (outcome: {expected.HasOutcome}).");
                }
            }

            // Whoever waits, waits for a task that lives; and nobody else waits.
            foreach ((long number, Task<TaskStatusReport> wait) in _waits)
            {
                bool lives = _model.StateOf(number).State is TaskState.Queued or TaskState.Running or TaskState.Retrying;
                Assert.True(wait.IsCompleted || lives, $"The wait for {number} hangs.");
                Assert.True(!wait.IsCompleted || wait.Result.HasEnded || wait.Result.State == TaskState.Unknown, "A wait ended with its task alive.");
            }

            _waits.RemoveAll(wait => wait.Wait.IsCompleted);
            Assert.True(_model.DeadLetters.Select(TestEngine.Id).SequenceEqual(DeadLetters()), "The dead letters differ.");
        }

        private List<TaskId> DeadLetters()
        {
            List<TaskId> ids = [];
            IAsyncEnumerator<StoredDeadLetter> letters = Administration.ListDeadLettersAsync(TestEngine.TestLane, default).GetAsyncEnumerator();
            while (letters.MoveNextAsync().GetAwaiter().GetResult())
            {
                ids.Add(letters.Current.Id);
            }

            return ids;
        }

        private (ModelHold Hold, Delivery Delivery)? TakeHeld()
        {
            if (_held.Count == 0)
            {
                return null;
            }

            int index = _random.Next(_held.Count);
            (ModelHold, Delivery) held = _held[index];
            _held.RemoveAt(index);
            return held;
        }

        // Also in the hands of a worker whose lease was lost long ago.
        private static void AssertUnchanged(ModelHold hold, Delivery delivery)
        {
            Assert.Equal(hold.Task.Number, TestEngine.NumberOf(delivery));
            Assert.Equal(hold.Attempt, delivery.Attempt);
        }

        private DateTimeOffset At(long milliseconds) => Testing.VirtualTime.Start + TimeSpan.FromMilliseconds(milliseconds);

        private void Note(string text) => Log.Add(string.Create(CultureInfo.InvariantCulture, $"at {_model.Now}: {text}"));
    }
}
