using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.Canvases;

[TaskContract("films")]
public interface IFilms
{
    [Task(TimeLimit = "2h")]
    [Idempotent]
    ValueTask<Film> DownloadAsync(Uri source, CancellationToken cancellationToken = default);

    // A link of a canvas: its first argument is the result of the step before it.
    [Task(TimeLimit = "4h")]
    [Idempotent]
    ValueTask<Rendition> EncodeAsync(Film film, int height, CancellationToken cancellationToken = default);

    // A join: its first argument is the results of a group.
    [Task]
    [Idempotent]
    ValueTask<string> PublishAsync(Rendition[] renditions, string title, CancellationToken cancellationToken = default);

    [Task]
    [Idempotent(Key = nameof(page))]
    ValueTask AnnounceAsync(string page, TaskContext context = null!);

    [Task]
    [Idempotent]
    ValueTask SweepAsync(DateOnly day);
}

public sealed record Film(string Id, int Minutes);

public sealed record Rendition(string FilmId, int Height);

public sealed class Upload(ITaskCanvas canvas)
{
    // Download, encode three times side by side, publish once all three are there, then announce.
    public async Task<TaskId> StartAsync(Uri source, string title)
    {
        TaskHandle<NoResult> announced = await canvas.EnqueueAsync(Canvas
            .Chain(FilmsTasks.Download(source))
            .ThenGroup(FilmsTasks.EncodeLink(480), FilmsTasks.EncodeLink(720), FilmsTasks.EncodeLink(1080))
            .Join(JoinOn.AllSucceeded, FilmsTasks.PublishLink(title))
            .Then(FilmsTasks.AnnounceLink()));
        return announced.Id;
    }

    // Many at once, each a chain of its own; the best that there is of each goes onto one page, also where some films are broken.
    public async Task<string> StartManyAsync(IEnumerable<Uri> sources, string title)
    {
        TaskHandle<string> page = await canvas.EnqueueAsync(Canvas
            .Group(sources.Select(source => Canvas.Chain(FilmsTasks.Download(source)).Then(FilmsTasks.EncodeLink(1080))))
            .Join(JoinOn.AllEnded, FilmsTasks.PublishLink(title)));
        return await page.ResultAsync();
    }

    // A whole call behind a step is given nothing of it.
    public async Task<TaskHandle<NoResult>> SweepAsync(Uri source, DateOnly day) =>
        await canvas.EnqueueAsync(Canvas.Chain(FilmsTasks.Download(source)).Then(FilmsTasks.Sweep(day)), EnqueueOptions.In(TimeSpan.FromHours(1)));
}

public sealed class UploadPage(ITaskClient<IFilms> films)
{
    // GET /uploads/{id}, in any process: the id is that of the last step, which may not be enqueued yet.
    public async Task<string> OpenAsync(TaskId id)
    {
        TaskHandle<NoResult> upload = films.AnnounceHandle(id);
        try
        {
            await upload.ResultAsync(TimeSpan.Zero);
            return "announced";
        }
        catch (TaskWaitTimeoutException)
        {
            return $"{await upload.StateAsync()}";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.TaskName}: {failed.Failure?.Message}";     // the step that failed, whichever it is
        }
    }

    // What runs is told to stop, and what is still to come does not start.
    public async Task<bool> GiveUpAsync(TaskId id) => await films.AnnounceHandle(id).CancelAsync();
}

public sealed class FilmWorker(IStudio studio) : IFilms
{
    public ValueTask<Film> DownloadAsync(Uri source, CancellationToken cancellationToken) => studio.DownloadAsync(source);

    public ValueTask<Rendition> EncodeAsync(Film film, int height, CancellationToken cancellationToken) => studio.EncodeAsync(film, height);

    public ValueTask<string> PublishAsync(Rendition[] renditions, string title, CancellationToken cancellationToken) => studio.PublishAsync(renditions, title);

    public async ValueTask AnnounceAsync(string page, TaskContext context) => await context.OnceAsync("announce", async _ => await studio.AnnounceAsync(page));

    public ValueTask SweepAsync(DateOnly day) => default;
}

// The reader's own.
public interface IStudio
{
    ValueTask<Film> DownloadAsync(Uri source);

    ValueTask<Rendition> EncodeAsync(Film film, int height);

    ValueTask<string> PublishAsync(Rendition[] renditions, string title);

    ValueTask<int> AnnounceAsync(string page);
}

public sealed class CanvasesTests
{
    private static readonly Uri Source = new("https://films.example/raw/7");

    private readonly Studio _studio = new();

    [Fact]
    public async Task A_film_is_published_once_with_all_its_renditions_in_order()
    {
        await using TaskTestHost host = await StartAsync();
        TaskId id = await new Upload(host.Canvas).StartAsync(Source, "Seven");
        var page = new UploadPage(host.Client<IFilms>());

        await host.DrainAsync();

        Assert.Equal("announced", await page.OpenAsync(id));
        Assert.Equal(["Seven: 480 720 1080"], _studio.Published);
        Assert.Equal(1, _studio.Announced);
    }

    [Fact]
    public async Task A_step_that_fails_for_good_is_named_and_can_be_requeued()
    {
        await using TaskTestHost host = await StartAsync();
        _studio.Broken.Add(720);
        TaskId id = await new Upload(host.Canvas).StartAsync(Source, "Seven");
        var page = new UploadPage(host.Client<IFilms>());
        await host.DrainAsync();
        Assert.Equal("films.encode: 720 is broken", await page.OpenAsync(id));

        _studio.Broken.Clear();
        Assert.Equal(1, await host.Services.GetRequiredService<ITaskAdmin>().RequeueManyAsync(default));
        await host.DrainAsync();

        Assert.Equal("announced", await page.OpenAsync(id));
        Assert.Equal(["Seven: 480 720 1080"], _studio.Published);
    }

    [Fact]
    public async Task A_join_on_all_ended_takes_what_there_is()
    {
        await using TaskTestHost host = await StartAsync();
        _studio.Lost.Add(new Uri("https://films.example/raw/8"));

        Task<string> page = new Upload(host.Canvas).StartManyAsync([Source, new Uri("https://films.example/raw/8"), Source], "Many");
        await host.DrainAsync();

        Assert.Equal("https://films.example/Many", await page);
        Assert.Equal(["Many: 1080 1080"], _studio.Published);
    }

    [Fact]
    public async Task What_is_given_up_stops_and_goes_no_further()
    {
        await using TaskTestHost host = await StartAsync();
        var page = new UploadPage(host.Client<IFilms>());
        await host.Services.GetRequiredService<ITaskAdmin>().PauseAsync("default");
        TaskId id = await new Upload(host.Canvas).StartAsync(Source, "Seven");
        Assert.Equal("Queued", await page.OpenAsync(id));

        Assert.True(await page.GiveUpAsync(id));
        await host.Services.GetRequiredService<ITaskAdmin>().ResumeAsync("default");
        await host.DrainAsync();

        Assert.StartsWith("films.download", await page.OpenAsync(id), StringComparison.Ordinal);
        Assert.Empty(_studio.Published);
    }

    [Fact]
    public async Task A_delay_holds_for_the_first_step()
    {
        await using TaskTestHost host = await StartAsync();
        TaskHandle<NoResult> swept = await new Upload(host.Canvas).SweepAsync(Source, new DateOnly(2029, 7, 1));
        await host.DrainAsync();
        Assert.Equal(TaskState.Queued, await swept.StateAsync());

        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await host.DrainAsync();

        Assert.Equal(TaskState.Succeeded, await swept.StateAsync());
    }

    [Fact]
    public async Task A_producer_is_tested_with_a_canvas_that_records()
    {
        var canvas = new RecordingTaskCanvas();

        await new Upload(canvas).StartAsync(Source, "Seven");

        RecordedCanvas enqueued = Assert.Single(canvas.Canvases);
        Assert.Equal("films.download → (films.encode | films.encode | films.encode) → films.publish → films.announce", enqueued.ToString());
        Assert.Equal([480, 720, 1080], enqueued.Of<FilmsTasks.EncodeArguments>().Select(encode => encode.Height));
    }

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<IStudio>(_studio);
        tasks.AddClient<IFilms>().AddWorker<IFilms, FilmWorker>();
    });

    private sealed class Studio : IStudio
    {
        private int _announced;

        public ConcurrentBag<string> Published { get; } = [];

        public int Announced => _announced;

        public HashSet<int> Broken { get; } = [];

        public HashSet<Uri> Lost { get; } = [];

        public ValueTask<Film> DownloadAsync(Uri source) => Lost.Contains(source) ? throw new DeadLetterException($"{source} is gone") : new ValueTask<Film>(new Film(source.Segments[^1], 90));

        public ValueTask<Rendition> EncodeAsync(Film film, int height) =>
            Broken.Contains(height) ? throw new DeadLetterException($"{height} is broken") : new ValueTask<Rendition>(new Rendition(film.Id, height));

        public ValueTask<string> PublishAsync(Rendition[] renditions, string title)
        {
            Published.Add($"{title}: {string.Join(' ', renditions.Select(rendition => rendition.Height))}");
            return new ValueTask<string>($"https://films.example/{title}");
        }

        public ValueTask<int> AnnounceAsync(string page) => new(Interlocked.Increment(ref _announced));
    }
}
