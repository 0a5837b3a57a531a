// A channel is told by a webhook of the chat's; and a ticket is opened by a client that Refit makes.
using System.Net.Http;
using System.Net.Http.Json;
using Refit;

public sealed record NewTicket(string Title, string Severity);

public sealed record OpenedTicket(string Key);

public interface ITicketApi
{
    [Post("/tickets")]
    Task<OpenedTicket> OpenAsync([Body] NewTicket ticket, CancellationToken cancellationToken);

    [Get("/tickets/{key}")]
    Task<OpenedTicket> GetAsync(string key, CancellationToken cancellationToken);

    [Put("/tickets/{key}")]
    Task ReplaceAsync(string key, [Body] NewTicket ticket, CancellationToken cancellationToken);

    [Post("/tickets")]
    Task<OpenedTicket> OpenOnceAsync([Body] NewTicket ticket, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken);
}

[TaskContract]
public interface IIncidents
{
    [Task, Idempotent]
    Task OpenAsync(Guid incident, string title, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task OpenOnceAsync(Guid incident, string title, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RenameAsync(string key, string title, CancellationToken cancellationToken = default);
}

public sealed class IncidentWorker(ITicketApi tickets, HttpClient http) : IIncidents
{
    public async Task OpenAsync(Guid incident, string title, CancellationToken cancellationToken)
    {
        OpenedTicket opened = await {|TT410:tickets.OpenAsync(new NewTicket(title, "high"), cancellationToken)|};
        await {|TT410:http.PostAsJsonAsync("https://hooks.slack.com/services/T/B/X", new { text = $"{opened.Key}: {title}" }, cancellationToken)|};
    }

    public async Task OpenOnceAsync(Guid incident, string title, CancellationToken cancellationToken) =>
        await tickets.OpenOnceAsync(new NewTicket(title, "high"), incident.ToString(), cancellationToken);

    public async Task RenameAsync(string key, string title, CancellationToken cancellationToken)
    {
        _ = await tickets.GetAsync(key, cancellationToken);
        await tickets.ReplaceAsync(key, new NewTicket(title, "high"), cancellationToken);
    }
}
