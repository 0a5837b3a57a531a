using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Reads and checks what the attributes of a task say of routing, retries and limits.</summary>
internal sealed class TaskOptionsReader(Compilation compilation, ProblemList problems, CancellationToken cancellationToken)
{
    private const string None = "none";

    private readonly QueueReader _queues = new(compilation, cancellationToken);
    private readonly INamedTypeSymbol? _defaults = compilation.GetTypeByMetadataName(KnownSymbols.TaskDefaults);

    /// <summary>The options, or null after a problem.</summary>
    public TaskOptionsModel? Read(IMethodSymbol method, AttributeData task, INamedTypeSymbol declaring, IReadOnlyList<ParameterModel> parameters)
    {
        QueueModel queue = _queues.Read(task) ?? _queues.Read(declaring.Attribute(KnownSymbols.TaskContractAttribute)!) ?? new QueueModel(Default("Queue", "default"));
        if (!NameRules.IsWireName(queue.Name))
        {
            return Invalid(ContractProblemKind.QueueNameInvalid, method, queue.Name);
        }

        int maxAttempts = task.Named("MaxAttempts", Default("MaxAttempts", 5));
        if (maxAttempts < 1)
        {
            return Invalid(ContractProblemKind.AttemptsInvalid, method, Literals.Number(maxAttempts));
        }

        string backoff = task.Named("Backoff", Default("Backoff", "1s..5m"));
        if (!DurationParser.TryParseRange(backoff, out Duration least, out Duration most))
        {
            return Invalid(ContractProblemKind.DurationInvalid, method, backoff);
        }

        AttributeData? idempotent = method.Attribute(KnownSymbols.IdempotentAttribute);
        string? key = idempotent?.Named<string?>("Key", null);
        if (!TryDuration(method, task.Named("TimeLimit", Default("TimeLimit", "30m")), mayBeNone: true, out Duration timeLimit) ||
            !TryDuration(method, task.Named("Expires", None), mayBeNone: true, out Duration expires) ||
            !TryDuration(method, task.Named("KeepOutcome", Default("KeepOutcome", "1h")), mayBeNone: true, out Duration keepOutcome) ||
            !TryDuration(method, idempotent?.Named("Window", Default("IdempotencyWindow", "24h")) ?? Default("IdempotencyWindow", "24h"), mayBeNone: false, out Duration window) ||
            Exceptions(method, task, "RetryOn") is not { } retryOn ||
            Exceptions(method, task, "DoNotRetryOn") is not { } doNotRetryOn ||
            KeyParts(method, key, parameters) is not { } keyParts)
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
            KeyParts = keyParts,
            IdempotencyWindow = window,
            AtMostOnce = method.Has(KnownSymbols.AtMostOnceAttribute),
            IsDedicated = task.Named("Execution", 0) == 1,
            RetryOn = retryOn,
            DoNotRetryOn = doNotRetryOn,
        };
    }

    private TaskOptionsModel? Invalid(ContractProblemKind kind, IMethodSymbol method, string detail)
    {
        problems.Add(kind, method, detail);
        return null;
    }

    private bool TryDuration(IMethodSymbol method, string text, bool mayBeNone, out Duration duration)
    {
        if (mayBeNone && text == None)
        {
            duration = Duration.Zero;
            return true;
        }

        if (DurationParser.TryParse(text, out duration) && duration.Ticks > 0)
        {
            return true;
        }

        problems.Add(ContractProblemKind.DurationInvalid, method, text);
        return false;
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
