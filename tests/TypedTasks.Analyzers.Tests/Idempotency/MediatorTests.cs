using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What a mediator passes on within the project, and lines that speak of a type and all that derives from it.</summary>
public sealed class MediatorTests
{
    private const string Counting = """
        using MediatR;
        using StackExchange.Redis;

        public sealed record Seen(string Page) : IRequest;

        public sealed class SeenHandler(IDatabase redis) : IRequestHandler<Seen>
        {
            public Task Handle(Seen request, CancellationToken cancellationToken) => redis.StringIncrementAsync(request.Page);
        }

        [TaskContract]
        public interface IViews
        {
            [Task, Idempotent]
            Task SeenAsync(string page);
        }

        public sealed class ViewWorker(ISender sender) : IViews
        {
            public Task SeenAsync(string page) => CALL;
        }
        """;

    [Fact]
    public Task A_handler_is_found_by_the_type_of_its_request() => VerifyAsync(Counting.Replace("CALL", "{|TT412:sender.Send(new Seen(page))|}", StringComparison.Ordinal));

    [Fact]
    public Task A_step_before_all_handlers_that_leaves_out_repetitions_answers_for_them() => VerifyAsync(
        Counting.Replace("CALL", "{|TT445:sender.Send(new Seen(page))|}", StringComparison.Ordinal),
        """
        using MediatR;

        public sealed class IdempotencyBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
            where TRequest : notnull
        {
            public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken) => next();
        }
        """);

    [Fact]
    public Task A_request_that_a_mediator_of_another_kind_takes_is_nobodys() => VerifyAsync(
        Counting.Replace("CALL", "new Mediators.Own().Send(new Seen(page))", StringComparison.Ordinal),
        "namespace Mediators; public sealed class Own { public Task Send(object request) => Task.CompletedTask; }");

    [Fact]
    public Task A_line_with_a_wildcard_for_the_member_speaks_of_subclasses() => Verify<EffectAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources =
        [
            """
            namespace Shop
            {
                public abstract class Api
                {
                    public virtual Task CreateOrderAsync(string id) => Task.CompletedTask;

                    public Task CreatorOfAsync(string id) => Task.CompletedTask;
                }

                public sealed class RealApi : Api
                {
                    public override Task CreateOrderAsync(string id) => Task.CompletedTask;
                }
            }

            [TaskContract]
            public interface IOrders
            {
                [Task, Idempotent]
                Task OrderAsync(string id);
            }

            public sealed class OrderWorker(Shop.RealApi api) : IOrders
            {
                public async Task OrderAsync(string id)
                {
                    await api.CreatorOfAsync(id);
                    await {|TT410:api.CreateOrderAsync(id)|};
                }
            }
            """,
        ],
        AdditionalFiles = new Dictionary<string, string> { ["Shop.taskeffects.txt"] = "Shop.Api.Create* = send" },
    });

    private static Task VerifyAsync(params string[] sources) => Verify<EffectAnalyzer>.VerifyAnalyzerAsync(TestCode.Files(sources) with { References = [EffectCase.Libraries] });
}
