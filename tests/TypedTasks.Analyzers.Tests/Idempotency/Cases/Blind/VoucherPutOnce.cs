// A voucher is written into DynamoDB on condition that it is not there.
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IDynamoVouchers
{
    [Task, Idempotent]
    Task<bool> IssueAsync(Guid voucher, Guid customer, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class VoucherWorker(IAmazonDynamoDB dynamo, ILogger<VoucherWorker> log) : IDynamoVouchers
{
    private const string Table = "vouchers";

    public async Task<bool> IssueAsync(Guid voucher, Guid customer, decimal amount, CancellationToken cancellationToken)
    {
        PutItemRequest put = new()
        {
            TableName = Table,
            Item = new Dictionary<string, AttributeValue>
            {
                ["pk"] = new($"voucher#{voucher:N}"),
                ["customer"] = new(customer.ToString("N")),
                ["amount"] = new() { N = amount.ToString(CultureInfo.InvariantCulture) },
                ["issuedAt"] = new(DateTimeOffset.UtcNow.ToString("O")),
            },
            ConditionExpression = "attribute_not_exists(pk)",
        };
        try
        {
            await dynamo.PutItemAsync(put, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            log.LogInformation("Voucher {Voucher} was issued before", voucher);
            return false;
        }
    }
}
