// Patients of a file, found by their number or made, in batches.
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class Patient
{
    public int Id { get; set; }
    public string Number { get; set; } = "";
    public string Name { get; set; } = "";
}

public sealed class Observation
{
    public long Id { get; set; }
    public string Patient { get; set; } = "";
    public string Code { get; set; } = "";
    public decimal Value { get; set; }
}

public sealed class ClinicContext : DbContext
{
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<Observation> Observations => Set<Observation>();
}

[TaskContract]
public interface IPatientImport
{
    [Task(TimeLimit = "10m"), Idempotent]
    Task ImportPatientsAsync(string file, CancellationToken cancellationToken = default);

    [Task(TimeLimit = "10m"), Idempotent]
    Task ImportObservationsAsync(string file, CancellationToken cancellationToken = default);
}

public sealed class PatientImportWorker(ClinicContext context) : IPatientImport
{
    public async Task ImportPatientsAsync(string file, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(file);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            string[] parts = line.Split(';');
            string number = parts[0];
            Patient? patient = await context.Patients.FirstOrDefaultAsync(one => one.Number == number, cancellationToken);
            if (patient is null)
            {
                patient = new Patient { Number = number };
                context.Patients.Add(patient);
            }

            patient.Name = parts[1];
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task ImportObservationsAsync(string file, CancellationToken cancellationToken)
    {
        string[] lines = await File.ReadAllLinesAsync(file, cancellationToken);
        foreach (string[] batch in lines.Skip(1).Chunk(500))
        {
            IEnumerable<Observation> rows = batch.Select(line => line.Split(';')).Select(parts => new Observation { Patient = parts[0], Code = parts[1], Value = decimal.Parse(parts[2]) });
            {|TT411:context.Observations.AddRange(rows)|};
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
