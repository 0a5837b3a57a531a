// The shapes of buses and job libraries that handlers use, as far as the analyzers look at them.
using System.Linq.Expressions;

namespace MediatR
{
    public interface IBaseRequest;

    public interface IRequest : IBaseRequest;

    public interface IRequest<out T> : IBaseRequest;

    public interface INotification;

    public interface ISender
    {
        Task<T> Send<T>(IRequest<T> request, CancellationToken cancellationToken = default);
        Task Send<T>(T request, CancellationToken cancellationToken = default) where T : IRequest;
    }

    public interface IPublisher
    {
        Task Publish(object notification, CancellationToken cancellationToken = default);
        Task Publish<T>(T notification, CancellationToken cancellationToken = default) where T : INotification;
    }

    public interface IMediator : ISender, IPublisher;

    public interface IRequestHandler<in TRequest, TResponse>
        where TRequest : IRequest<TResponse>
    {
        Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken);
    }

    public interface IRequestHandler<in TRequest>
        where TRequest : IRequest
    {
        Task Handle(TRequest request, CancellationToken cancellationToken);
    }

    public delegate Task<TResponse> RequestHandlerDelegate<TResponse>();

    public interface IPipelineBehavior<in TRequest, TResponse>
    {
        Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken);
    }

    public interface INotificationHandler<in T>
        where T : INotification
    {
        Task Handle(T notification, CancellationToken cancellationToken);
    }
}

namespace NServiceBus
{
    public class SendOptions
    {
        public void SetMessageId(string messageId) => throw new NotSupportedException();
    }

    public class PublishOptions
    {
        public void SetMessageId(string messageId) => throw new NotSupportedException();
    }

    public interface IMessageSession
    {
        Task Publish(object message, PublishOptions publishOptions, CancellationToken cancellationToken = default);
        Task Send(object message, SendOptions options, CancellationToken cancellationToken = default);
    }

    public static class IMessageSessionExtensions
    {
        public static Task Send(this IMessageSession session, object message) => throw new NotSupportedException();
        public static Task SendLocal(this IMessageSession session, object message) => throw new NotSupportedException();
        public static Task Publish(this IMessageSession session, object message) => throw new NotSupportedException();
    }
}

namespace Rebus.Bus
{
    public interface IBus
    {
        Task SendLocal(object commandMessage, IDictionary<string, string>? optionalHeaders = null);
        Task Send(object commandMessage, IDictionary<string, string>? optionalHeaders = null);
        Advanced.IAdvancedApi Advanced { get; }
        Task Defer(TimeSpan delay, object message, IDictionary<string, string>? optionalHeaders = null);
        Task DeferLocal(TimeSpan delay, object message, IDictionary<string, string>? optionalHeaders = null);
        Task Publish(object eventMessage, IDictionary<string, string>? optionalHeaders = null);
    }

    namespace Advanced
    {
        public interface IAdvancedApi
        {
            ITopicsApi Topics { get; }
        }

        public interface ITopicsApi
        {
            Task Publish(string topic, object eventMessage, IDictionary<string, string>? optionalHeaders = null);
        }
    }
}

namespace Wolverine
{
    public class DeliveryOptions
    {
        public string? DeduplicationId { get; set; }
        public TimeSpan? ScheduleDelay { get; set; }
    }

    public interface IMessageBus
    {
        ValueTask SendAsync<T>(T message, DeliveryOptions? options = null);
        ValueTask PublishAsync<T>(T message, DeliveryOptions? options = null);
    }

    public static class MessageBusExtensions
    {
        public static ValueTask ScheduleAsync<T>(this IMessageBus bus, T message, TimeSpan delay) => throw new NotSupportedException();
    }
}

namespace Hangfire
{
    public interface IBackgroundJobClient;

    public interface IRecurringJobManager;

    public static class BackgroundJobClientExtensions
    {
        public static string Enqueue<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall) => throw new NotSupportedException();
        public static string Schedule<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall, TimeSpan delay) => throw new NotSupportedException();
        public static string ContinueJobWith<T>(this IBackgroundJobClient client, string parentId, Expression<Func<T, Task>> methodCall) => throw new NotSupportedException();
    }

    public static class RecurringJobManagerExtensions
    {
        public static void AddOrUpdate<T>(this IRecurringJobManager manager, string recurringJobId, Expression<Func<T, Task>> methodCall, string cronExpression) => throw new NotSupportedException();
    }
}

namespace DotNetCore.CAP
{
    public interface ICapPublisher
    {
        Task PublishAsync<T>(string name, T? contentObj, string? callbackName = null, CancellationToken cancellationToken = default);
    }
}

namespace Volo.Abp.BackgroundJobs
{
    public interface IBackgroundJobManager
    {
        Task<string> EnqueueAsync<T>(T args, TimeSpan? delay = null);
    }
}

namespace Azure.Storage.Queues
{
    public class QueueClient
    {
        public virtual Task SendMessageAsync(string messageText, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

namespace Microsoft.AspNetCore.SignalR
{
    public interface IClientProxy
    {
        Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default);
    }

    public interface IHubClients
    {
        IClientProxy All { get; }
        IClientProxy Group(string groupName);
        IClientProxy User(string userId);
    }

    public interface IHubContext<T>
    {
        IHubClients Clients { get; }
    }

    public static class ClientProxyExtensions
    {
        public static Task SendAsync(this IClientProxy clientProxy, string method, object? arg1, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
