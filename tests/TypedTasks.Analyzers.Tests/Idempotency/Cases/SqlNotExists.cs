using System.Data;
using Dapper;

[TaskContract]
public interface ITags
{
    [Task, Idempotent]
    Task AddAsync(long post, string tag);
}

public sealed class TagWorker(IDbConnection connection) : ITags
{
    public async Task AddAsync(long post, string tag)
    {
        await connection.ExecuteAsync(
            "INSERT INTO tags (post, tag) SELECT @post, @tag WHERE NOT EXISTS (SELECT 1 FROM tags WHERE post = @post AND tag = @tag)", new { post, tag });
        await connection.ExecuteAsync("IF NOT EXISTS (SELECT * FROM posts WHERE id = @post) INSERT INTO posts (id) VALUES (@post)", new { post });
        await connection.ExecuteAsync("INSERT IGNORE INTO seen (post) VALUES (@post)", new { post });
    }
}
