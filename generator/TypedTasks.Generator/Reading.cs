using Microsoft.CodeAnalysis;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator;

/// <summary>The pipeline's first steps: symbols in, values out.</summary>
internal static class Reading
{
    public static ContractModel? Contract(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol contract
            ? ContractReader.Read(contract, context.SemanticModel.Compilation, cancellationToken).Model
            : null;

    /// <summary>A type marked with <c>[TaskPayload]</c> and the types within it; null where one of them cannot travel.</summary>
    public static MarkedPayload? Payload(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not INamedTypeSymbol type || type.DottedName().Contains('<'))
        {
            return null;
        }

        ProblemList problems = new();
        PayloadReader reader = new(context.SemanticModel.Compilation, problems, cancellationToken);
        return reader.Read(type, type, type.Name) is { } payload && problems.IsEmpty ? new MarkedPayload(payload, reader.Payloads) : null;
    }

    public static QueueModel? Queue(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return QueueReader.Declared(context.TargetSymbol);
    }

    /// <summary>A class that a worker can run: concrete, not generic, and visible to the assembly's manifest.</summary>
    public static HandlerModel? Handler(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol { IsAbstract: false, IsStatic: false, TypeKind: TypeKind.Class } type ||
            !type.AllInterfaces.Any(static contract => contract.IsTaskContract()) ||
            type.DottedName().Contains('<') ||
            type.EffectiveAccessibility() == Accessibility.Private)
        {
            return null;
        }

        return new HandlerModel(
            type.FullName(),
            type.AllInterfaces.Where(static contract => contract.IsTaskContract())
                .Select(static contract => contract.FullName())
                .OrderBy(static name => name, StringComparer.Ordinal)
                .ToEquatableArray());
    }

    public static IncrementalValuesProvider<T> WhereNotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null).Select(static (value, _) => value!);
}
