// Firestore and Pub/Sub: a comment under an id of the service's, a count that the service adds up, an event in order.
using Google.Cloud.Firestore;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;

[TaskContract]
public interface IFirestoreComments
{
    [Task, Idempotent]
    Task CommentAsync(string post, string author, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task EditAsync(string post, string comment, string text, CancellationToken cancellationToken = default);
}

public sealed class FirestoreCommentWorker(FirestoreDb store, PublisherClient publisher) : IFirestoreComments
{
    public async Task CommentAsync(string post, string author, string text, CancellationToken cancellationToken)
    {
        Dictionary<string, object> document = new()
        {
            ["author"] = author,
            ["text"] = text,
            ["at"] = FieldValue.ServerTimestamp,
        };
        DocumentReference added = await {|TT411:store.Collection($"posts/{post}/comments").AddAsync(document, cancellationToken)|};
        _ = added;
        await {|TT412:store.Collection("posts").Document(post).UpdateAsync("comments", FieldValue.Increment(1), cancellationToken: cancellationToken)|};

        PubsubMessage message = new() { Data = ByteString.CopyFromUtf8(text), OrderingKey = post };
        message.Attributes["author"] = author;
        await {|TT416:publisher.PublishAsync(message)|};
    }

    public async Task EditAsync(string post, string comment, string text, CancellationToken cancellationToken) =>
        await store.Collection($"posts/{post}/comments").Document(comment).SetAsync(
            new Dictionary<string, object> { ["text"] = text, ["editedAt"] = FieldValue.ServerTimestamp },
            SetOptions.MergeAll,
            cancellationToken);
}
