// Update expressions that a second run repeats: lists grow, numbers do, and a condition that still holds does not keep them.
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

[TaskContract]
public interface IDynamoLists
{
    [Task, Idempotent]
    Task AppendAsync(string list, string item);

    [Task, Idempotent]
    Task TakeAsync(string list, int quantity);
}

public sealed class DynamoListWorker(IAmazonDynamoDB dynamo) : IDynamoLists
{
    public async Task AppendAsync(string list, string item)
    {
        UpdateItemRequest request = new()
        {
            Key = new() { ["pk"] = new AttributeValue(list) },
            UpdateExpression = "SET #items = list_append(if_not_exists(#items, :none), :items)",
            ExpressionAttributeValues = new() { [":items"] = new AttributeValue(item) },
        };
        await {|TT412:dynamo.UpdateItemAsync(request)|};
    }

    public Task TakeAsync(string list, int quantity) => {|TT412:dynamo.UpdateItemAsync(new UpdateItemRequest
    {
        Key = new() { ["pk"] = new AttributeValue(list) },
        UpdateExpression = "SET stock = stock - :quantity",
        ConditionExpression = "attribute_exists(pk) AND stock >= :quantity",
        ExpressionAttributeValues = new() { [":quantity"] = new AttributeValue { N = $"{quantity}" } },
    })|};
}
