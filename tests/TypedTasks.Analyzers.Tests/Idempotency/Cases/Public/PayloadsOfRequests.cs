// What people put into messages: ids and records travel well, entities and clocks' readings less so.
using Microsoft.EntityFrameworkCore;

public sealed class Invitee
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
}

public sealed class InviteeContext : DbContext
{
    public DbSet<Invitee> Invitees => Set<Invitee>();
}

public sealed record Address(string Street, string? City, IReadOnlyList<string> Lines);

public sealed class Template
{
    public string Name { get; init; } = "";
    public DateTime {|TT309:Created|} { get; init; }
    public int {|TT307:Uses|} { get; }
}

public sealed record ImportOptions(string Source, bool IsDryRun, Dictionary<string, string> Columns, DateTimeOffset Since);

[TaskContract]
public interface IInvitations
{
    [Task, AtMostOnce]
    Task InviteAsync(Invitee {|TT308:invitee|}, Address address);

    [Task, AtMostOnce]
    Task RenderAsync(Template template, ImportOptions options);
}

public sealed class InvitationWorker : IInvitations
{
    public Task InviteAsync(Invitee invitee, Address address) => Task.CompletedTask;

    public Task RenderAsync(Template template, ImportOptions options) => Task.CompletedTask;
}
