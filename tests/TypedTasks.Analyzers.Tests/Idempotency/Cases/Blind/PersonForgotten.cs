// A person is made nameless in place; and an entry for the auditor, which each run adds anew.
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class Person
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public bool IsErased { get; set; }
}

public sealed class ErasureRecord
{
    public Guid Id { get; set; } = Guid.NewGuid();
    public Guid Person { get; set; }
    public DateTimeOffset At { get; set; }
}

public sealed class PersonContext : DbContext
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<ErasureRecord> Records => Set<ErasureRecord>();
}

[TaskContract]
public interface IForgetting
{
    [Task, Idempotent]
    Task ForgetAsync(Guid person, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ForgetAndRecordAsync(Guid person, CancellationToken cancellationToken = default);
}

public sealed class ForgettingWorker(PersonContext context, TimeProvider time) : IForgetting
{
    public async Task ForgetAsync(Guid person, CancellationToken cancellationToken)
    {
        Person? found = await context.People.FindAsync([person], cancellationToken);
        if (found is null)
        {
            return;
        }

        Erase(found);
        await context.SaveChangesAsync(cancellationToken);
        foreach (string file in Directory.EnumerateFiles("documents", $"{person:N}-*"))
        {
            File.Delete(file);
        }
    }

    public async Task ForgetAndRecordAsync(Guid person, CancellationToken cancellationToken)
    {
        Person found = await context.People.SingleAsync(one => one.Id == person, cancellationToken);
        Erase(found);
        {|TT411:context.Records.Add(new ErasureRecord { Person = person, At = time.GetUtcNow() })|};
        await context.SaveChangesAsync(cancellationToken);
        await {|TT413:File.AppendAllTextAsync("erasures.log", $"{person}\n", cancellationToken)|};
    }

    private static void Erase(Person person)
    {
        person.Name = $"deleted-{person.Id:N}";
        person.Email = null;
        person.Phone = null;
        person.IsErased = true;
    }
}
