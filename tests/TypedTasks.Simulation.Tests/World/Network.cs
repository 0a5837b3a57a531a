namespace TypedTasks.Simulation.World;

/// <summary>How badly the way between a process and the broker behaves.</summary>
internal sealed record Weather
{
    internal static readonly Weather Fair = new();

    /// <summary>The longest way there or back; most are much shorter.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a request never arrives.</summary>
    public double LostRequests { get; init; }

    /// <summary>How often a request is carried out and its answer never arrives.</summary>
    public double LostAnswers { get; init; }
}

/// <summary>Carries requests to the broker and answers back: late, in any order, and now and then not at all, which the caller sees as an engine that did not answer.</summary>
internal sealed class Network(SimWorld world)
{
    // When a client gives up waiting for an answer that never comes.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    internal Weather Weather { get; set; } = Weather.Fair;

    /// <summary>Carries out <paramref name="request"/> at the broker, sometime, and brings its answer back to <paramref name="caller"/>, later.</summary>
    /// <param name="caller">Whose request it is: nothing comes back to a process that crashed.</param>
    /// <param name="request">What the broker does.</param>
    /// <param name="silence">What a caller throws that hears nothing, if not a <see cref="TaskEngineException"/>.</param>
    internal Task<T> CallAsync<T>(SimProcess caller, Func<T> request, Func<string, Exception>? silence = null)
    {
        // Continuations run where the answer arrives, on the world's one thread.
        var answer = new TaskCompletionSource<T>();
        Call(
            caller,
            request,
            (result, failure) =>
            {
                if (failure is null)
                {
                    answer.SetResult(result!);
                }
                else
                {
                    answer.SetException(failure);
                }
            },
            silence);
        return answer.Task;
    }

    /// <summary>As <see cref="CallAsync"/>; gives the result, or why there is none, to <paramref name="answer"/>.</summary>
    /// <remarks>To throw and catch at every step on the way of an answer costs more than all else that a world does; so nothing is thrown here.</remarks>
    internal void Call<T>(SimProcess caller, Func<T> request, Action<T?, Exception?> answer, Func<string, Exception>? silence = null)
    {
        if (world.Chance(Weather.LostRequests))
        {
            GiveUp("the request was lost");
            return;
        }

        world.Schedule(world.SomeDelay(Weather.Latency), () =>
        {
            T result = request();
            if (world.Chance(Weather.LostAnswers))
            {
                GiveUp("the answer was lost");
                return;
            }

            world.Schedule(world.SomeDelay(Weather.Latency), () => answer(result, null), caller);
        });

        void GiveUp(string reason)
        {
            string message = $"The engine did not answer: {reason}.";
            world.Schedule(AnswerTimeout, () => answer(default, silence?.Invoke(message) ?? new TaskEngineException(message)), caller);
        }
    }
}
