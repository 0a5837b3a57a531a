// The shape of DynamoDB's client, as far as the analyzers look at it.
namespace Amazon.DynamoDBv2
{
    public interface IAmazonDynamoDB
    {
        Task<Model.GetItemResponse> GetItemAsync(Model.GetItemRequest request, CancellationToken cancellationToken = default);
        Task<Model.PutItemResponse> PutItemAsync(Model.PutItemRequest request, CancellationToken cancellationToken = default);
        Task<Model.UpdateItemResponse> UpdateItemAsync(Model.UpdateItemRequest request, CancellationToken cancellationToken = default);
    }

    namespace Model
    {
        public class AttributeValue
        {
            public AttributeValue()
            {
            }

            public AttributeValue(string s) => S = s;

            public string? S { get; set; }
            public string? N { get; set; }
            public List<string> SS { get; set; } = [];
        }

        public class GetItemRequest
        {
            public string? TableName { get; set; }
            public Dictionary<string, AttributeValue> Key { get; set; } = [];
        }

        public class GetItemResponse
        {
            public Dictionary<string, AttributeValue> Item { get; set; } = [];
        }

        public class PutItemRequest
        {
            public string? TableName { get; set; }
            public Dictionary<string, AttributeValue> Item { get; set; } = [];
            public string? ConditionExpression { get; set; }
        }

        public class PutItemResponse;

        public class UpdateItemRequest
        {
            public string? TableName { get; set; }
            public Dictionary<string, AttributeValue> Key { get; set; } = [];
            public string? UpdateExpression { get; set; }
            public string? ConditionExpression { get; set; }
            public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = [];
        }

        public class UpdateItemResponse;

        public class ConditionalCheckFailedException : Exception;
    }
}
