// Update expressions that a second run does not repeat: sets, what is only there once, conditions on what was there.
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

[TaskContract]
public interface IDynamoCarts
{
    [Task, Idempotent]
    Task TagAsync(string cart, string tag);

    [Task, Idempotent]
    Task CountOnceAsync(string cart, string order);

    [Task, Idempotent]
    Task CloseAsync(string cart, int version, string at);
}

public sealed class DynamoCartWorker(IAmazonDynamoDB dynamo) : IDynamoCarts
{
    public Task TagAsync(string cart, string tag) => dynamo.UpdateItemAsync(new UpdateItemRequest
    {
        Key = new() { ["pk"] = new AttributeValue(cart) },
        UpdateExpression = "ADD tags :tags SET touched = if_not_exists(touched, :tags) REMOVE draft",
        ExpressionAttributeValues = new() { [":tags"] = new AttributeValue { SS = [tag] } },
    });

    public Task CountOnceAsync(string cart, string order) => dynamo.UpdateItemAsync(new UpdateItemRequest
    {
        Key = new() { ["pk"] = new AttributeValue(cart) },
        UpdateExpression = "SET orders = list_append(orders, :orders) ADD bought :one",
        ConditionExpression = "attribute_exists(pk) AND NOT contains(orders, :order)",
        ExpressionAttributeValues = new() { [":order"] = new AttributeValue(order), [":one"] = new AttributeValue { N = "1" } },
    });

    public async Task CloseAsync(string cart, int version, string at)
    {
        await dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            Key = new() { ["pk"] = new AttributeValue(cart) },
            UpdateExpression = "SET closings = closings + :one, #version = :next",
            ConditionExpression = "#version = :version",
            ExpressionAttributeValues = new() { [":version"] = new AttributeValue { N = $"{version}" }, [":next"] = new AttributeValue { N = $"{version + 1}" } },
        });
        await dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            Key = new() { ["pk"] = new AttributeValue(cart) },
            UpdateExpression = "SET closed_at = :at ADD closed_carts :one",
            ConditionExpression = "attribute_not_exists(closed_at)",
            ExpressionAttributeValues = new() { [":at"] = new AttributeValue(at), [":one"] = new AttributeValue { N = "1" } },
        });
    }
}
