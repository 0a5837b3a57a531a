// Numbers that follow from others are computed anew and set.
using Microsoft.EntityFrameworkCore;

public sealed class ForumTopic
{
    public int Id { get; set; }
    public int Posts { get; set; }
    public double Score { get; set; }
    public List<ForumPost> Entries { get; set; } = [];
}

public sealed class ForumPost
{
    public int Id { get; set; }
    public int Likes { get; set; }
}

public sealed class ForumContext : DbContext
{
    public DbSet<ForumTopic> Topics => Set<ForumTopic>();
}

[TaskContract]
public interface ITopicScores
{
    [Task, Idempotent]
    Task ComputeAsync(int topic, CancellationToken cancellationToken = default);
}

public sealed class TopicScoreWorker(ForumContext forum) : ITopicScores
{
    public async Task ComputeAsync(int topic, CancellationToken cancellationToken)
    {
        ForumTopic found = await forum.Topics.Include(one => one.Entries).FirstAsync(one => one.Id == topic, cancellationToken);
        int likes = 0;
        foreach (ForumPost post in found.Entries)
        {
            likes += post.Likes;
        }

        found.Posts = found.Entries.Count;
        found.Score = Math.Log10(1 + likes) + (found.Posts / 10.0);
        await forum.SaveChangesAsync(cancellationToken);
    }
}
