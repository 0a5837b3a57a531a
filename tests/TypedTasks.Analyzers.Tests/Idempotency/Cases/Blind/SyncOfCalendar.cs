// Created there unless this side knows the number; the number is stored before anything else is done.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed record RemoteEvent(string Id);

public sealed class Meeting
{
    public Guid Id { get; set; }
    public string Title { get; set; } = "";
    public string? RemoteId { get; set; }
}

public sealed class MeetingContext : DbContext
{
    public DbSet<Meeting> Meetings => Set<Meeting>();
}

[TaskContract]
public interface IMeetings
{
    [Task, Idempotent]
    Task SyncAsync(Guid meeting, CancellationToken cancellationToken = default);
}

public sealed class MeetingWorker(MeetingContext database, HttpClient calendar) : IMeetings
{
    public async Task SyncAsync(Guid meeting, CancellationToken cancellationToken)
    {
        Meeting found = await database.Meetings.SingleAsync(one => one.Id == meeting, cancellationToken);
        if (found.RemoteId is null)
        {
            using HttpResponseMessage created = await calendar.PostAsJsonAsync("/events", new { found.Title }, cancellationToken);
            found.RemoteId = (await created.Content.ReadFromJsonAsync<RemoteEvent>(cancellationToken))!.Id;
            await database.SaveChangesAsync(cancellationToken);
        }
        else
        {
            using HttpResponseMessage changed = await calendar.PutAsJsonAsync($"/events/{found.RemoteId}", new { found.Title }, cancellationToken);
            changed.EnsureSuccessStatusCode();
        }
    }
}
