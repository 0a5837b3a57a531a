using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Reads and checks what the attributes of a task say of routing, retries, limits and times.</summary>
internal sealed class TaskOptionsReader(Compilation compilation, ProblemList problems, CancellationToken cancellationToken)
{
    private const string None = "none";

    private readonly QueueReader _queues = new(compilation, cancellationToken);
    private readonly INamedTypeSymbol? _defaults = compilation.GetTypeByMetadataName(KnownSymbols.TaskDefaults);

    /// <summary>The options, or null after a problem; every problem is told, not the first alone.</summary>
    /// <param name="method">The task's method.</param>
    /// <param name="task">Its <c>[Task]</c>.</param>
    /// <param name="declaring">The contract that declares it.</param>
    /// <param name="parameters">Its parameters, or null where they could not be read: then nothing is said of a key that names them, or of a schedule that gives them nothing.</param>
    public TaskOptionsModel? Read(IMethodSymbol method, AttributeData task, INamedTypeSymbol declaring, IReadOnlyList<ParameterModel>? parameters)
    {
        int before = problems.Count;
        QueueModel queue = _queues.Read(task) ?? _queues.Read(declaring.Attribute(KnownSymbols.TaskContractAttribute)!) ?? new QueueModel(Default("Queue", "default"));
        if (!NameRules.IsWireName(queue.Name))
        {
            problems.Add(ContractProblemKind.QueueNameInvalid, method, queue.Name);
        }

        int maxAttempts = task.Named("MaxAttempts", Default("MaxAttempts", 5));
        if (maxAttempts < 1)
        {
            problems.Add(ContractProblemKind.AttemptsInvalid, method, Literals.Number(maxAttempts));
        }

        string backoff = task.Named("Backoff", Default("Backoff", "1s..5m"));
        if (!DurationParser.TryParseRange(backoff, out Duration least, out Duration most))
        {
            problems.Add(ContractProblemKind.DurationInvalid, method, backoff);
        }

        AttributeData? idempotent = method.Attribute(KnownSymbols.IdempotentAttribute);
        string? key = idempotent?.Named<string?>("Key", null);
        Duration timeLimit = DurationOf(method, task.Named("TimeLimit", Default("TimeLimit", "30m")), mayBeNone: true);
        Duration expires = DurationOf(method, task.Named("Expires", None), mayBeNone: true);
        Duration keepOutcome = DurationOf(method, task.Named("KeepOutcome", Default("KeepOutcome", "1h")), mayBeNone: true);
        Duration window = DurationOf(method, idempotent?.Named("Window", Default("IdempotencyWindow", "24h")) ?? Default("IdempotencyWindow", "24h"), mayBeNone: false);
        EquatableArray<string>? retryOn = Exceptions(method, task, "RetryOn");
        EquatableArray<string>? doNotRetryOn = Exceptions(method, task, "DoNotRetryOn");
        ScheduleModel? schedule = new ScheduleReader(problems).Read(method, parameters);
        EquatableArray<KeyPart>? keyParts = parameters is null ? null : KeyParts(method, key, parameters);
        if (problems.Count > before || keyParts is null)
        {
            return null;
        }

        return new TaskOptionsModel
        {
            Queue = queue,
            MaxAttempts = maxAttempts,
            BackoffLeast = least,
            BackoffMost = most,
            TimeLimit = timeLimit.Ticks == 0 ? null : timeLimit,
            Expires = expires.Ticks == 0 ? null : expires,
            KeepOutcome = keepOutcome,
            IsIdempotent = idempotent is not null,
            KeyTemplate = key,
            KeyParts = keyParts.Value,
            IdempotencyWindow = window,
            AtMostOnce = method.Has(KnownSymbols.AtMostOnceAttribute),
            IsDedicated = task.Named("Execution", 0) == 1,
            Schedule = schedule,
            RetryOn = retryOn!.Value,
            DoNotRetryOn = doNotRetryOn!.Value,
        };
    }

    private Duration DurationOf(IMethodSymbol method, string text, bool mayBeNone)
    {
        if (mayBeNone && text == None)
        {
            return Duration.Zero;
        }

        if (!DurationParser.TryParse(text, out Duration duration) || duration.Ticks <= 0)
        {
            problems.Add(ContractProblemKind.DurationInvalid, method, text);
        }

        return duration;
    }

    private EquatableArray<string>? Exceptions(IMethodSymbol method, AttributeData task, string argument)
    {
        TypedConstant types = task.NamedArguments.FirstOrDefault(named => named.Key == argument).Value;
        if (types.Kind != TypedConstantKind.Array || types.IsNull)
        {
            return EquatableArray<string>.Empty;
        }

        List<string> names = [];
        foreach (TypedConstant constant in types.Values)
        {
            if (constant.Value is not INamedTypeSymbol { IsUnboundGenericType: false } type || !IsException(type) ||
                type.EffectiveAccessibility() == Accessibility.Private || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            {
                problems.Add(ContractProblemKind.ExceptionTypeInvalid, method, (constant.Value as ITypeSymbol)?.ToDisplayString() ?? "null");
                return null;
            }

            names.Add(type.FullName());
        }

        return names.Distinct().ToEquatableArray();
    }

    private EquatableArray<KeyPart>? KeyParts(IMethodSymbol method, string? template, IReadOnlyList<ParameterModel> parameters) => template is null
        ? EquatableArray<KeyPart>.Empty
        : new KeyTemplateReader(compilation, problems).Read(method, template, parameters);

    private static bool IsException(ITypeSymbol? type) => type is not null && (type.IsNamed(KnownSymbols.Exception) || IsException(type.BaseType));

    // The runtime's TaskDefaults is the one place of these values; the second argument only stands in while that reference is missing.
    private T Default<T>(string name, T otherwise) =>
        _defaults?.GetMembers(name).FirstOrDefault() is IFieldSymbol { HasConstantValue: true, ConstantValue: T value } ? value : otherwise;
}
