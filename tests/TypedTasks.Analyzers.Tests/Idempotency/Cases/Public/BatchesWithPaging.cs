// Page after page until there is none: each page is put as a whole.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed class Contact
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
}

public sealed class ContactContext : DbContext
{
    public DbSet<Contact> Contacts => Set<Contact>();
}

[TaskContract]
public interface IContactSync
{
    [Task, Idempotent]
    Task<int> SyncAsync(CancellationToken cancellationToken = default);
}

public sealed class ContactSyncWorker(ContactContext context, HttpClient http) : IContactSync
{
    private const int PageSize = 500;

    public async Task<int> SyncAsync(CancellationToken cancellationToken)
    {
        int total = 0;
        int last = 0;
        while (true)
        {
            List<Contact> page = await context.Contacts.AsNoTracking().Where(one => one.Id > last).OrderBy(one => one.Id).Take(PageSize).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                return total;
            }

            using HttpResponseMessage response = await http.PutAsJsonAsync($"/contacts/pages/{page[0].Id}", page, cancellationToken);
            response.EnsureSuccessStatusCode();
            total += page.Count;
            last = page[^1].Id;
        }
    }
}
