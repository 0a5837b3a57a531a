// People who pass on what a step will return, as if it were there already.
namespace Photos;

[TaskContract]
public interface IPhotos
{
    [Task, Idempotent] ValueTask<Guid> UploadAsync(string path);
    [Task, Idempotent] ValueTask<Guid> ShrinkAsync(Guid photo, int width);
    [Task, Idempotent] ValueTask PostAsync(Guid photo, string album);
}

public sealed class Photos(ITaskCanvas canvas, ITaskClient<IPhotos> photos)
{
    public async Task PostAsync(string path, string album, CancellationToken cancellationToken)
    {
        TaskHandle<Guid> upload = await photos.EnqueueAsync(PhotosTasks.Upload(path), cancellationToken: cancellationToken);
        await photos.EnqueueAsync(PhotosTasks.Shrink(upload, 100), cancellationToken: cancellationToken); // refused
        await canvas.EnqueueAsync(Canvas.Chain(upload).Then(PhotosTasks.ShrinkLink(100))); // refused
        await canvas.EnqueueAsync(Canvas.Chain(PhotosTasks.Upload(path)).Then(PhotosTasks.Shrink(PhotosTasks.Upload(path), 100))); // refused
        await canvas.EnqueueAsync(Canvas.Chain(PhotosTasks.Upload(path)).Then(upload)); // refused
        await canvas.EnqueueAsync(Canvas.Chain(PhotosTasks.Upload(path)).Then(Canvas.Chain(PhotosTasks.Upload(path)))); // refused
        await canvas.EnqueueAsync(Canvas.Chain(PhotosTasks.Upload(path)).ThenGroup(PhotosTasks.Upload(path), PhotosTasks.Upload(path))); // refused
        await canvas.EnqueueAsync(Canvas.Chain(photos.Remote.UploadAsync(path))); // refused
        await canvas.EnqueueAsync(Canvas.Group(path, album)); // refused
        await photos.InvokeAsync(photos.Remote.UploadAsync(path), cancellationToken); // refused
        await canvas.EnqueueAsync(Canvas.Chain(PhotosTasks.Upload(path)).Then(async photo => await photos.InvokeAsync(PhotosTasks.Shrink(photo, 100)))); // refused
        await photos.Remote.PostAsync(await upload.ResultAsync(cancellationToken), album);
    }
}
