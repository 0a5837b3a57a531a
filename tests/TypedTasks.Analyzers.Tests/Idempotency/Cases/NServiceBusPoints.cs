using Microsoft.EntityFrameworkCore;

// A handler that adds to what it finds, by way of a method of the entity.
public sealed class Member
{
    public Guid Id { get; set; }
    public int Points { get; set; }
}

public sealed class Club : DbContext
{
    public DbSet<Member> Members => Set<Member>();
}

[TaskContract]
public interface IPoints
{
    [Task, Idempotent]
    Task AwardAsync(Guid member, int points);
}

public sealed class PointsWorker(Club club) : IPoints
{
    public async Task AwardAsync(Guid member, int points)
    {
        Member? found = await club.Members.FindAsync(member);
        {|TT412:found!.Points = found.Points + points|};
        await club.SaveChangesAsync();
    }
}
