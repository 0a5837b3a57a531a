// A film is encoded in several sizes, and one task beside it wants its name.
namespace Films;

[TaskContract]
public interface IFilms
{
    [Task, Idempotent] ValueTask<Film> DownloadAsync(Uri source);
    [Task, Idempotent] ValueTask<Rendition> EncodeAsync(Film film, int height);
    [Task, Idempotent] ValueTask<Rendition> PosterAsync(string film);
    [Task, Idempotent] ValueTask<Rendition> TrailerAsync(Rendition whole, TimeSpan length);
    [Task, Idempotent] ValueTask<string> PublishAsync(IReadOnlyList<Rendition> renditions, string title);
}

public sealed record Film(string Id);

public sealed record Rendition(string Film, int Height);

public sealed class Studio(ITaskCanvas canvas)
{
    private static readonly int[] Heights = [480, 720, 1080];

    public ValueTask<TaskHandle<string>> PublishAsync(Uri source, string title) => canvas.EnqueueAsync(Canvas
        .Chain(FilmsTasks.Download(source))
        .ThenGroup(
            FilmsTasks.EncodeLink(480),
            {|TT801:FilmsTasks.PosterLink()|})
        .Join(JoinOn.AllSucceeded, FilmsTasks.PublishLink(title)));

    public TaskChain<string> InAllSizes(Uri source, string title) => Canvas
        .Chain(FilmsTasks.Download(source))
        .ThenGroup(Heights.Select(height => FilmsTasks.EncodeLink(height).Then(FilmsTasks.TrailerLink(TimeSpan.FromSeconds(30)))))
        .Join(JoinOn.AllEnded, FilmsTasks.PublishLink(title));

    public TaskGroup<Rendition> Trailers(Uri source) => Canvas
        .Chain(FilmsTasks.Download(source))
        .ThenGroup({|TT801:Heights.Select(height => FilmsTasks.TrailerLink(TimeSpan.FromSeconds(height)))|});
}
