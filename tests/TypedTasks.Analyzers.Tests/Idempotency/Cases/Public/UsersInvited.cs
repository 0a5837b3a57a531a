// Invitations: a token for each, made on the spot, and a mail with it.
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

public sealed class TeamInvite
{
    public Guid Id { get; set; }
    public Guid Team { get; set; }
    public string Email { get; set; } = "";
    public string Token { get; set; } = "";
}

public sealed class TeamInvites : DbContext
{
    public DbSet<TeamInvite> Invites => Set<TeamInvite>();
}

public interface IInviteEmailService
{
    Task SendInviteAsync(string email, string token);
}

[TaskContract]
public interface ITeamInvites
{
    [Task, Idempotent]
    Task InviteAsync(Guid team, string email, CancellationToken cancellationToken = default);
}

public sealed class TeamInviteWorker(TeamInvites context, IInviteEmailService emails) : ITeamInvites
{
    public async Task InviteAsync(Guid team, string email, CancellationToken cancellationToken)
    {
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        {|TT411:context.Invites.Add(new TeamInvite { Team = team, Email = email, Token = token })|};
        await context.SaveChangesAsync(cancellationToken);
        await {|TT414:emails.SendInviteAsync(email, token)|};
    }
}
