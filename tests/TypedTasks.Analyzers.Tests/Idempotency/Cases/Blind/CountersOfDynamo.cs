// What DynamoDB adds by itself: visits without a condition, stock on condition that the order was not the last one.
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

[TaskContract]
public interface IDynamoCounters
{
    [Task, Idempotent]
    Task VisitAsync(string page, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TakeAsync(string sku, Guid order, int quantity, CancellationToken cancellationToken = default);
}

public sealed class DynamoCounterWorker(IAmazonDynamoDB dynamo) : IDynamoCounters
{
    public async Task VisitAsync(string page, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = new()
        {
            TableName = "pages",
            Key = new() { ["pk"] = new AttributeValue(page) },
            UpdateExpression = "ADD visits :one",
            ExpressionAttributeValues = new() { [":one"] = new AttributeValue { N = "1" } },
        };
        await {|TT412:dynamo.UpdateItemAsync(request, cancellationToken)|};
    }

    public async Task TakeAsync(string sku, Guid order, int quantity, CancellationToken cancellationToken)
    {
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = "stock",
                    Key = new() { ["pk"] = new AttributeValue(sku) },
                    UpdateExpression = "SET stock = stock - :quantity, last_order = :order",
                    ConditionExpression = "stock >= :quantity AND last_order <> :order",
                    ExpressionAttributeValues = new()
                    {
                        [":quantity"] = new AttributeValue { N = quantity.ToString(CultureInfo.InvariantCulture) },
                        [":order"] = new AttributeValue(order.ToString("N")),
                    },
                },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Taken before, or sold out: the order's own check tells which.
        }
    }
}
