// Everyone of a group is told under a scope of their own; a summary is put at the end.
using System.Net.Http;
using System.Net.Http.Json;
using FirebaseAdmin.Messaging;
using Microsoft.EntityFrameworkCore;

public sealed class GroupMember
{
    public Guid Id { get; set; }
    public Guid Group { get; set; }
    public string Device { get; set; } = "";
}

public sealed class GroupContext : DbContext
{
    public DbSet<GroupMember> Members => Set<GroupMember>();
}

[TaskContract]
public interface IGroups
{
    [Task, Idempotent]
    Task TellAsync(Guid group, string text, TaskContext context = null!);
}

public sealed class GroupWorker(GroupContext database, FirebaseMessaging push, HttpClient http) : IGroups
{
    public async Task TellAsync(Guid group, string text, TaskContext context)
    {
        List<GroupMember> members = await database.Members.AsNoTracking().Where(one => one.Group == group).ToListAsync(context.CancellationToken);
        foreach (GroupMember member in members)
        {
            await TellAsync(member, text, context);
        }

        await http.PutAsJsonAsync($"/groups/{group}/told", new { members.Count }, context.CancellationToken);
    }

    private async Task TellAsync(GroupMember member, string text, TaskContext context) =>
        await context.OnceAsync($"push:{member.Id}", async token => { await push.SendAsync(new Message { Notification = new Notification { Body = text } }, token); });
}
