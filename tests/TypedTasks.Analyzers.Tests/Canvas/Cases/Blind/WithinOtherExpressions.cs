// What does not fit, within conditions, switches, lambdas, behind a question mark, in brackets, and by other names of the class.
using Flow = TypedTasks.Canvas;
using static Reports.ReportsTasks;

namespace Reports;

[TaskContract]
public interface IReports
{
    [Task, Idempotent] ValueTask<Guid> CreateAsync(string name);
    [Task, Idempotent] ValueTask<byte[]> RenderAsync(Guid report, string format);
    [Task, Idempotent] ValueTask<int> PagesAsync(Guid report);
    [Task, AtMostOnce] ValueTask SendAsync(byte[] rendered, string to);
}

public enum Kind { Plain, Rendered, Sent }

public sealed class Reports(ITaskCanvas canvas)
{
    private readonly Func<string, TaskChain<NoResult>> _sent = name => Flow.Chain(Create(name)).Then({|TT801:SendLink("a@b.example")|});

    private readonly Lazy<TaskLink<Guid, NoResult>> _rendered = new(() => RenderLink("pdf").Then(SendLink("a@b.example")));

    public async Task<object?> StartAsync(string name, Kind kind) => kind switch
    {
        Kind.Plain => await canvas.EnqueueAsync(Flow.Chain(Create(name))),
        Kind.Rendered => await canvas.EnqueueAsync(Flow.Chain(Create(name)).Then(RenderLink("pdf")).Then({|TT801:PagesLink()|})),
        Kind.Sent => await canvas.EnqueueAsync(_sent(name)),
        _ => null,
    };

    public TaskChain<byte[]>? Rendered(TaskChain<Guid>? created) => created?.Then((RenderLink("pdf")));

    public TaskChain<NoResult>? Sent(TaskChain<Guid>? created) => created?.Then({|TT801:SendLink("a@b.example")|});

    public TaskChain<NoResult>? SentRendered(TaskChain<Guid>? created) => created?.Then(_rendered.Value);

    public TaskChain<NoResult> Late(string name)
    {
        var (chain, link) = (Flow.Chain(Create(name)), SendLink("a@b.example"));
        return chain.Then({|TT801:link|});
    }

    public bool TryBegin(string name, out TaskChain<int> chain)
    {
        chain = Flow.Chain(call: Create(name)).Then(link: PagesLink());
        return TypedTasks.Canvas.Chain({|TT804:RenderLink("pdf")|}) is not null;
    }
}
