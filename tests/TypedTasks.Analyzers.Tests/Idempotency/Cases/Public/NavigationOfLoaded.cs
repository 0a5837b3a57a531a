// A comment is added to a post's collection; and one that is a part of a new post under the task's own id.
using Microsoft.EntityFrameworkCore;

public sealed class PostComment
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class BlogPost
{
    private readonly List<PostComment> _comments = [];

    public Guid Id { get; set; }
    public int CommentCount { get; private set; }
    public IReadOnlyCollection<PostComment> Comments => _comments;

    public void Comment(string text)
    {
        _comments.Add(new PostComment { Text = text });
        CommentCount++;
    }

    public void Recount() => CommentCount = _comments.Count;
}

public sealed class BlogContext : DbContext
{
    public DbSet<BlogPost> Posts => Set<BlogPost>();
}

[TaskContract]
public interface IBlogComments
{
    [Task, Idempotent]
    Task CommentAsync(Guid post, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RecountAsync(Guid post, CancellationToken cancellationToken = default);
}

public sealed class BlogCommentWorker(BlogContext blog) : IBlogComments
{
    public async Task CommentAsync(Guid post, string text, CancellationToken cancellationToken)
    {
        BlogPost found = await blog.Posts.Include(one => one.Comments).FirstAsync(one => one.Id == post, cancellationToken);
        {|TT411:{|TT412:found.Comment(text)|}|};
        await blog.SaveChangesAsync(cancellationToken);
    }

    public async Task RecountAsync(Guid post, CancellationToken cancellationToken)
    {
        BlogPost found = await blog.Posts.Include(one => one.Comments).FirstAsync(one => one.Id == post, cancellationToken);
        found.Recount();
        await blog.SaveChangesAsync(cancellationToken);
    }
}
