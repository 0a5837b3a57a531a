// A unit of work with repositories as properties; points are added to what was loaded.
using Microsoft.EntityFrameworkCore;

public sealed class Member
{
    public Guid Id { get; set; }
    public int Points { get; set; }
}

public sealed class MemberContext : DbContext
{
    public DbSet<Member> Members => Set<Member>();
}

public interface IMembers
{
    Task<Member> GetAsync(Guid id, CancellationToken cancellationToken);
}

public sealed class EfMembers(MemberContext database) : IMembers
{
    public Task<Member> GetAsync(Guid id, CancellationToken cancellationToken) => database.Members.SingleAsync(one => one.Id == id, cancellationToken);
}

public interface IMemberWork : IAsyncDisposable
{
    IMembers Members { get; }

    Task<int> CompleteAsync(CancellationToken cancellationToken);
}

public sealed class MemberWork(MemberContext database) : IMemberWork
{
    private IMembers? _members;

    public IMembers Members => _members ??= new EfMembers(database);

    public Task<int> CompleteAsync(CancellationToken cancellationToken) => database.SaveChangesAsync(cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

public interface IMemberWorkFactory
{
    IMemberWork Begin();
}

[TaskContract]
public interface IMemberPoints
{
    [Task, Idempotent]
    Task AddAsync(Guid member, int points, CancellationToken cancellationToken = default);
}

public sealed class MemberPointWorker(IMemberWorkFactory factory) : IMemberPoints
{
    public async Task AddAsync(Guid member, int points, CancellationToken cancellationToken)
    {
        await using IMemberWork work = factory.Begin();
        Member found = await work.Members.GetAsync(member, cancellationToken);
        {|TT412:found.Points += points|};
        await work.CompleteAsync(cancellationToken);
    }
}
