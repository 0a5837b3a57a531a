// Once per message to the end; the push is repeated whenever the put after it fails.
using System.Net.Http;
using FirebaseAdmin.Messaging;

[TaskContract]
public interface IKeyedPushes
{
    [Task, Idempotent(Key = nameof(message))]
    Task PushAsync(Guid message, string token, string text, CancellationToken cancellationToken = default);
}

public sealed class KeyedPushWorker(FirebaseMessaging pushes, HttpClient http) : IKeyedPushes
{
    public async Task PushAsync(Guid message, string token, string text, CancellationToken cancellationToken)
    {
        string id = await {|TT423:pushes.SendAsync(new Message { Token = token, Notification = new Notification { Body = text } }, cancellationToken)|};
        using StringContent content = new(id);
        (await http.PutAsync($"/messages/{message}/receipt", content, cancellationToken)).EnsureSuccessStatusCode();
    }
}
