// The shapes of drivers that copy rows in bulk, as far as the analyzers look at them.
using System.Data;
using System.Data.Common;

namespace Npgsql
{
    public sealed class NpgsqlBinaryImporter : IAsyncDisposable
    {
        public Task StartRowAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public Task WriteAsync<T>(T value, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public ValueTask<ulong> CompleteAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public ValueTask DisposeAsync() => throw new NotSupportedException();
    }

    public sealed class NpgsqlConnection : DbConnection
    {
        public Task<NpgsqlBinaryImporter> BeginBinaryImportAsync(string copyFromCommand, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; }
        public override string Database => throw new NotSupportedException();
        public override string DataSource => throw new NotSupportedException();
        public override string ServerVersion => throw new NotSupportedException();
        public override ConnectionState State => throw new NotSupportedException();
        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();
        public override void Close() => throw new NotSupportedException();
        public override void Open() => throw new NotSupportedException();
        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();
        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }

    public sealed class NpgsqlDataSource
    {
        public ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Microsoft.Data.SqlClient
{
    public enum SqlBulkCopyOptions
    {
        Default,
        KeepIdentity,
    }

    public sealed class SqlTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => throw new NotSupportedException();
        protected override DbConnection DbConnection => throw new NotSupportedException();
        public override void Commit() => throw new NotSupportedException();
        public override void Rollback() => throw new NotSupportedException();
    }

    public sealed class SqlConnection(string connectionString) : DbConnection
    {
        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; } = connectionString;
        public override string Database => throw new NotSupportedException();
        public override string DataSource => throw new NotSupportedException();
        public override string ServerVersion => throw new NotSupportedException();
        public override ConnectionState State => throw new NotSupportedException();
        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();
        public override void Close() => throw new NotSupportedException();
        public override void Open() => throw new NotSupportedException();
        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();
        protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
    }

    public sealed class SqlBulkCopy : IDisposable
    {
        public SqlBulkCopy(SqlConnection connection) => throw new NotSupportedException();
        public SqlBulkCopy(SqlConnection connection, SqlBulkCopyOptions copyOptions, SqlTransaction? externalTransaction) => throw new NotSupportedException();
        public string? DestinationTableName { get; set; }
        public int BatchSize { get; set; }
        public Task WriteToServerAsync(DataTable table, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public Task WriteToServerAsync(IDataReader reader, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public void Dispose() => throw new NotSupportedException();
    }
}
