// The lines of an uploaded file become rows, in batches; the rows have numbers of the database.
using System.Globalization;
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class MeterReading
{
    public long Id { get; set; }
    public string Meter { get; set; } = "";
    public decimal Value { get; set; }

    public static bool TryParse(string line, out MeterReading reading)
    {
        reading = new MeterReading();
        if (line.Split(';') is not [var meter, var value] || !decimal.TryParse(value, CultureInfo.InvariantCulture, out decimal parsed))
        {
            return false;
        }

        reading.Meter = meter;
        reading.Value = parsed;
        return true;
    }
}

public sealed class ReadingContext : DbContext
{
    public DbSet<MeterReading> Readings => Set<MeterReading>();
}

[TaskContract]
public interface IReadingImports
{
    [Task, Idempotent]
    Task ImportAsync(string path, CancellationToken cancellationToken = default);
}

public sealed class ReadingImportWorker(ReadingContext readings) : IReadingImports
{
    public async Task ImportAsync(string path, CancellationToken cancellationToken)
    {
        using StreamReader reader = File.OpenText(path);
        int waiting = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!MeterReading.TryParse(line, out MeterReading reading))
            {
                continue;
            }

            {|TT411:readings.Readings.Add(reading)|};
            if (++waiting == 500)
            {
                await readings.SaveChangesAsync(cancellationToken);
                waiting = 0;
            }
        }

        await readings.SaveChangesAsync(cancellationToken);
    }
}
