// A task that asks another one of its own queue, and waits for its answer.
[TaskContract]
public interface ITranslations
{
    [Task, Idempotent]
    Task<string> TranslateAsync(string text, string language, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<string> DetectAsync(string text);
}

public sealed class TranslationWorker(ITaskClient<ITranslations> translations) : ITranslations
{
    public async Task<string> TranslateAsync(string text, string language, CancellationToken cancellationToken)
    {
        TaskHandle<string> handle = await translations.DetectAsync(text);
        string from = await {|TT515:handle.ResultAsync(cancellationToken)|};
        return $"{from}-{language}: {text}";
    }

    public Task<string> DetectAsync(string text) => Task.FromResult(text.Contains('ß') ? "de" : "en");
}
