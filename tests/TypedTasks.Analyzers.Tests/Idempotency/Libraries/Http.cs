// The shapes of HTTP and resilience libraries that handlers use, as far as the analyzers look at them.
namespace System.Net.Http
{
    public interface IHttpClientFactory
    {
        HttpClient CreateClient(string name = "");
    }
}

namespace Refit
{
    public abstract class HttpMethodAttribute(string path) : Attribute
    {
        public string Path => path;
    }

    public class GetAttribute(string path) : HttpMethodAttribute(path);

    public class PostAttribute(string path) : HttpMethodAttribute(path);

    public class PutAttribute(string path) : HttpMethodAttribute(path);

    public class PatchAttribute(string path) : HttpMethodAttribute(path);

    public class DeleteAttribute(string path) : HttpMethodAttribute(path);

    [AttributeUsage(AttributeTargets.Parameter)]
    public class BodyAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public class HeaderAttribute(string header) : Attribute
    {
        public string Header => header;
    }
}

namespace RestSharp
{
    public enum Method
    {
        Get,
        Post,
        Put,
        Delete,
    }

    public class RestRequest(string resource, Method method = Method.Get)
    {
        public string Resource => resource;
        public Method Method => method;
    }

    public static class RestRequestExtensions
    {
        public static RestRequest AddJsonBody<T>(this RestRequest request, T obj) where T : class => throw new NotSupportedException();
        public static RestRequest AddOrUpdateHeader(this RestRequest request, string name, string value) => throw new NotSupportedException();
        public static RestRequest AddHeader(this RestRequest request, string name, string value) => throw new NotSupportedException();
    }

    public class RestResponse
    {
        public bool IsSuccessful => throw new NotSupportedException();
    }

    public interface IRestClient
    {
        Task<RestResponse> ExecuteAsync(RestRequest request, CancellationToken cancellationToken = default);
    }

    public static class RestClientExtensions
    {
        public static Task<RestResponse> PostAsync(this IRestClient client, RestRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Flurl.Http
{
    public interface IFlurlRequest;

    public interface IFlurlResponse
    {
        int StatusCode { get; }
    }

    public static class GeneratedExtensions
    {
        public static IFlurlRequest WithHeader(this string url, string name, object value) => throw new NotSupportedException();
        public static IFlurlRequest WithHeader(this IFlurlRequest request, string name, object value) => throw new NotSupportedException();
        public static IFlurlRequest WithHeaders(this string url, object headers, bool replaceUnderscoreWithHyphen = true) => throw new NotSupportedException();
        public static Task<IFlurlResponse> PostJsonAsync(this string url, object body, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<IFlurlResponse> PutJsonAsync(this string url, object body, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<IFlurlResponse> DeleteAsync(this string url, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public static Task<IFlurlResponse> PostJsonAsync(this IFlurlRequest request, object body, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Polly
{
    public class ResiliencePipeline
    {
        public ValueTask ExecuteAsync(Func<CancellationToken, ValueTask> callback, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        public ValueTask<T> ExecuteAsync<T>(Func<CancellationToken, ValueTask<T>> callback, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    public class ResiliencePipelineBuilder
    {
        public ResiliencePipeline Build() => throw new NotSupportedException();
    }

    public static class ResiliencePipelineBuilderExtensions
    {
        public static ResiliencePipelineBuilder AddRetry(this ResiliencePipelineBuilder builder, Retry.RetryStrategyOptions options) => throw new NotSupportedException();
        public static ResiliencePipelineBuilder AddTimeout(this ResiliencePipelineBuilder builder, TimeSpan timeout) => throw new NotSupportedException();
    }

    public interface IAsyncPolicy
    {
        Task ExecuteAsync(Func<Task> action);
    }

    public class PolicyBuilder;

    public abstract class Policy
    {
        public static PolicyBuilder Handle<T>() where T : Exception => throw new NotSupportedException();
    }

    public static class AsyncRetrySyntax
    {
        public static Retry.AsyncRetryPolicy WaitAndRetryAsync(this PolicyBuilder policyBuilder, int retryCount, Func<int, TimeSpan> sleepDurationProvider) => throw new NotSupportedException();
    }

    namespace Retry
    {
        public class RetryStrategyOptions
        {
            public int MaxRetryAttempts { get; set; } = 3;
        }

        public class AsyncRetryPolicy : IAsyncPolicy
        {
            public Task ExecuteAsync(Func<Task> action) => throw new NotSupportedException();
            public Task<T> ExecuteAsync<T>(Func<Task<T>> action) => throw new NotSupportedException();
        }
    }
}

namespace Adyen.Model
{
    public class RequestOptions
    {
        public string? IdempotencyKey { get; set; }
    }

    namespace Checkout
    {
        public class Amount(string? currency = null, long? value = null)
        {
            public string? Currency => currency;
            public long? Value => value;
        }

        public class PaymentCaptureRequest
        {
            public Amount? Amount { get; set; }
            public string? MerchantAccount { get; set; }
            public string? Reference { get; set; }
        }

        public class PaymentCaptureResponse
        {
            public string PspReference { get; set; } = "";
        }
    }
}

namespace Adyen.Service.Checkout
{
    public interface IModificationsService
    {
        Task<Model.Checkout.PaymentCaptureResponse> CaptureAuthorisedPaymentAsync(string paymentPspReference, Model.Checkout.PaymentCaptureRequest? paymentCaptureRequest = default, Model.RequestOptions? requestOptions = default, CancellationToken cancellationToken = default);
    }
}
