using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Finds the queue that an attribute names, and what is declared of it.</summary>
internal sealed class QueueReader(Compilation compilation, CancellationToken cancellationToken)
{
    /// <summary>The queue that the attribute's <c>Queue</c> names, or null where it names none.</summary>
    public QueueModel? Read(AttributeData attribute)
    {
        if (attribute.Named<string?>("Queue", null) is not { } name)
        {
            return null;
        }

        return ConstantOf(attribute) is { } constant && Declared(constant) is { } declared && declared.Name == name
            ? declared
            : FromManifest(attribute.AttributeClass!, name) ?? new QueueModel(name);
    }

    /// <summary>The queue that a constant marked with [TaskQueue] declares, or null.</summary>
    public static QueueModel? Declared(ISymbol symbol) =>
        symbol is IFieldSymbol { HasConstantValue: true, ConstantValue: string name } && symbol.Attribute(KnownSymbols.TaskQueueAttribute) is { } attribute
            ? new QueueModel(name, attribute.Named("Concurrency", 0), attribute.Named("Prefetch", -1), attribute.Named("External", false))
            : null;

    /// <summary>The constant that the attribute's source names. There is none for an attribute that was read from metadata.</summary>
    private ISymbol? ConstantOf(AttributeData attribute)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { ArgumentList: { } arguments } syntax ||
            !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return null;
        }

        AttributeArgumentSyntax? queue = arguments.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Queue");
        return queue is null ? null : compilation.GetSemanticModel(syntax.SyntaxTree).GetSymbolInfo(queue.Expression, cancellationToken).Symbol;
    }

    /// <summary>What the manifest of a referenced assembly declares of a queue: for the tasks of a contract inherited from there.</summary>
    private QueueModel? FromManifest(INamedTypeSymbol attributeClass, string name)
    {
        IAssemblySymbol runtime = attributeClass.ContainingAssembly;
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            // Only an assembly that knows the runtime can have a manifest.
            if (!assembly.Modules.Any(module => module.ReferencedAssemblies.Contains(runtime.Identity)))
            {
                continue;
            }

            foreach (AttributeData declared in assembly.GetAttributes())
            {
                if (declared.AttributeClass is { } type && type.IsNamed(KnownSymbols.QueueManifestAttribute) &&
                    declared.ConstructorArguments is [{ Value: string queue }] && queue == name)
                {
                    return new QueueModel(name, declared.Named("Concurrency", 0), declared.Named("Prefetch", -1), declared.Named("External", false));
                }
            }
        }

        return null;
    }
}
