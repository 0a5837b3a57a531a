// What may be null on one side and not on the other, within results as well, and tuples by other names.
namespace Profiles;

public sealed record Profile(string? Name, Uri? Picture);

[TaskContract]
public interface IProfiles
{
    [Task, Idempotent] Task<Profile?> FindAsync(Guid user);
    [Task, Idempotent] Task<Profile> FillAsync(Profile profile);
    [Task, Idempotent] Task<string?[]> TagsAsync(Profile? profile);
    [Task, Idempotent] Task<int> IndexAsync(string[] tags, Guid user);
    [Task, Idempotent] Task<(string Key, int? Value)> PairAsync(int indexed);
    [Task, Idempotent] Task StoreAsync((string? Name, int? Count) pair);
    [Task, Idempotent] Task PublishAsync(List<Profile> profiles);
    [Task, Idempotent] Task CountAsync(IEnumerable<string[]> tags);
}

#nullable disable
public static class OldProfiles
{
    public static TaskChain<Profile> Filled(Guid user) => Canvas.Chain(ProfilesTasks.Find(user)).Then(ProfilesTasks.FillLink());
}

#nullable restore
public static class Profiles
{
    public static TaskChain<NoResult> Stored(Guid user) => Canvas
        .Chain(ProfilesTasks.Find(user))
        .Then(ProfilesTasks.FillLink()!)
        .Then(ProfilesTasks.TagsLink()!)
        .Then(ProfilesTasks.IndexLink(user)!)
        .Then(ProfilesTasks.PairLink())
        .Then(ProfilesTasks.StoreLink()!);

    public static TaskChain<NoResult> Published(Guid[] users) => Canvas.Group(users.Select(ProfilesTasks.Find)).Join(JoinOn.AllEnded, ProfilesTasks.PublishLink()!);

    public static TaskChain<NoResult> Counted(Profile?[] profiles) => Canvas.Group(profiles.Select(ProfilesTasks.Tags)).Join(JoinOn.AllEnded, ProfilesTasks.CountLink()!);

    public static TaskGroup<Profile?> Both(Guid user, Profile profile) => Canvas.Group(Canvas.Chain(ProfilesTasks.Find(user)), Canvas.Chain(ProfilesTasks.Fill(profile))!);
}
