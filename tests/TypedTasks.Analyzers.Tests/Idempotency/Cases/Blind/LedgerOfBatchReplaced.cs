// The rows of a batch are deleted and copied again, in one transaction.
using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

[TaskContract]
public interface ILedgerBatches
{
    [Task(TimeLimit = "5m"), Idempotent]
    Task ReplaceAsync(int batch, decimal[] amounts, CancellationToken cancellationToken = default);
}

public sealed class LedgerBatchWorker(SqlConnection connection) : ILedgerBatches
{
    public async Task ReplaceAsync(int batch, decimal[] amounts, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        await using SqlTransaction transaction = (SqlTransaction)await connection.BeginTransactionAsync(cancellationToken);
        await using (DbCommand delete = connection.CreateCommand())
        {
            delete.Transaction = transaction;
            delete.CommandText = "DELETE FROM ledger_lines WHERE batch = @batch";
            DbParameter parameter = delete.CreateParameter();
            parameter.ParameterName = "@batch";
            parameter.Value = batch;
            delete.Parameters.Add(parameter);
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        DataTable lines = new();
        lines.Columns.Add("batch", typeof(int));
        lines.Columns.Add("line", typeof(int));
        lines.Columns.Add("amount", typeof(decimal));
        for (int i = 0; i < amounts.Length; i++)
        {
            lines.Rows.Add(batch, i, amounts[i]);
        }

        using SqlBulkCopy copy = new(connection, SqlBulkCopyOptions.Default, transaction) { DestinationTableName = "ledger_lines" };
        await copy.WriteToServerAsync(lines, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
