// The state of an onboarding, a record that is replaced by what comes next, stored under its own id.
using Marten;

public enum OnboardingStep
{
    Started,
    Verified,
    Done,
}

public sealed record OnboardingState(Guid Id, OnboardingStep Step, IReadOnlyList<string> Documents, DateTimeOffset ChangedAt)
{
    public OnboardingState With(string document) => Documents.Contains(document) ? this : this with { Documents = [.. Documents, document] };
}

[TaskContract]
public interface IOnboardings
{
    [Task, Idempotent]
    Task StartAsync(Guid person, TaskContext context, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task DocumentAsync(Guid person, string document, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class OnboardingWorker(IDocumentSession session) : IOnboardings
{
    public async Task StartAsync(Guid person, TaskContext context, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<OnboardingState>(person, cancellationToken) is null)
        {
            session.Store(new OnboardingState(person, OnboardingStep.Started, [], context.EnqueuedAt));
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task DocumentAsync(Guid person, string document, TaskContext context, CancellationToken cancellationToken)
    {
        OnboardingState state = await session.LoadAsync<OnboardingState>(person, cancellationToken) ?? throw TaskContext.RetryAfter(TimeSpan.FromSeconds(5), "Not started yet.");
        OnboardingState next = state.With(document);
        if (ReferenceEquals(next, state))
        {
            return;
        }

        session.Store(next with { Step = next.Documents.Count >= 3 ? OnboardingStep.Done : OnboardingStep.Verified, ChangedAt = context.EnqueuedAt });
        await session.SaveChangesAsync(cancellationToken);
    }
}
