// Meter readings of a day, copied in bulk into SQL Server.
using System.Data;
using Microsoft.Data.SqlClient;

public sealed record MeterReading(string Meter, DateTimeOffset At, decimal Value);

public sealed class ReadingDatabase(string connectionString)
{
    public async Task SaveAsync(IReadOnlyCollection<MeterReading> readings, CancellationToken cancellationToken)
    {
        await using SqlConnection connection = new(connectionString);
        await connection.OpenAsync(cancellationToken);
        using SqlBulkCopy copy = new(connection) { DestinationTableName = "dbo.Readings", BatchSize = 5_000 };
        await copy.WriteToServerAsync(ToTable(readings), cancellationToken);
    }

    private static DataTable ToTable(IReadOnlyCollection<MeterReading> readings)
    {
        DataTable table = new("Readings");
        table.Columns.Add("Meter", typeof(string));
        table.Columns.Add("At", typeof(DateTimeOffset));
        table.Columns.Add("Value", typeof(decimal));
        foreach (MeterReading reading in readings)
        {
            table.Rows.Add(reading.Meter, reading.At, reading.Value);
        }

        return table;
    }
}

[TaskContract]
public interface IMeterReadings
{
    [Task, Idempotent]
    Task StoreAsync(MeterReading[] readings, CancellationToken cancellationToken = default);
}

public sealed class MeterReadingWorker(ReadingDatabase database) : IMeterReadings
{
    public async Task StoreAsync(MeterReading[] readings, CancellationToken cancellationToken)
    {
        MeterReading[] sane = [.. readings.Where(reading => reading.Value >= 0).DistinctBy(reading => (reading.Meter, reading.At))];
        if (sane.Length > 0)
        {
            await {|TT411:database.SaveAsync(sane, cancellationToken)|};
        }
    }
}
