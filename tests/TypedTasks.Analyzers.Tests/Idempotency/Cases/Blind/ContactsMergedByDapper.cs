// Contacts of a CRM, merged into a table by SQL Server's MERGE and, for their tags, by a delete and an insert.
using System.Data;
using Dapper;

public sealed record CrmContact(string ExternalId, string Name, string? Email, string[] Tags);

[TaskContract]
public interface ICrmContactMerges
{
    [Task, Idempotent]
    Task MergeAsync(Guid tenant, CrmContact contact, CancellationToken cancellationToken = default);
}

public sealed class CrmContactWorker(IDbConnection connection) : ICrmContactMerges
{
    public async Task MergeAsync(Guid tenant, CrmContact contact, CancellationToken cancellationToken)
    {
        var key = new { Tenant = tenant, contact.ExternalId };
        const string merge = """
            MERGE INTO contacts WITH (HOLDLOCK) AS target
            USING (SELECT @Tenant AS tenant, @ExternalId AS external_id) AS source
            ON target.tenant = source.tenant AND target.external_id = source.external_id
            WHEN MATCHED THEN UPDATE SET name = @Name, email = @Email
            WHEN NOT MATCHED THEN INSERT (tenant, external_id, name, email) VALUES (@Tenant, @ExternalId, @Name, @Email);
            """;
        await connection.ExecuteAsync(new CommandDefinition(merge, new { Tenant = tenant, contact.ExternalId, contact.Name, contact.Email }, cancellationToken: cancellationToken));

        using IDbTransaction transaction = connection.BeginTransaction();
        await connection.ExecuteAsync("DELETE FROM contact_tags WHERE tenant = @Tenant AND external_id = @ExternalId", key, transaction);
        foreach (string tag in contact.Tags.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await connection.ExecuteAsync(
                "INSERT INTO contact_tags (tenant, external_id, tag) VALUES (@Tenant, @ExternalId, @Tag)",
                new { Tenant = tenant, contact.ExternalId, Tag = tag },
                transaction);
        }

        transaction.Commit();
    }
}
