using System.Net.Http;
using System.Net.Http.Json;

public interface IRepository<T>
{
    Task AddAsync(T value);
}

public sealed class HttpRepository<T>(HttpClient http) : IRepository<T>
{
    public async Task AddAsync(T value) => await http.PostAsJsonAsync($"/{typeof(T).Name}", value);
}

public sealed record Comment(string Text);

[TaskContract]
public interface IComments
{
    [Task, Idempotent]
    Task AddAsync(string text);
}

public sealed class CommentWorker(IRepository<Comment> comments) : IComments
{
    public async Task AddAsync(string text) => await {|TT410:comments.AddAsync(new Comment(text))|};
}
