using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Says what is wrong with a user's effects file: lines that cannot be read, and members that there are none of.</summary>
internal sealed class EffectFileReport(AdditionalFileAnalysisContext context)
{
    public void Make()
    {
        if (!EffectFiles.IsOne(context.AdditionalFile) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        EffectFile file = EffectFile.Parse(text);
        foreach ((int line, string problem) in file.Problems)
        {
            Report(text, line, problem);
        }

        foreach ((int line, EffectRule rule) in file.Lines)
        {
            if (!rule.IsPattern && Missing(rule) is { } missing)
            {
                Report(text, line, missing);
            }
        }
    }

    /// <summary>What is missing, or null. An assembly that this project does not refer to may know the type, so only a namespace that is known here is judged.</summary>
    private string? Missing(EffectRule rule)
    {
        if (TypeOf(rule.Type) is not { } types)
        {
            return null;
        }

        if (types.Count == 0)
        {
            return $"there is no type '{rule.Type}'";
        }

        return types.Exists(HasMember) ? null : $"'{rule.Type}' has no member '{rule.Member}'{(rule.Signature is null ? "" : $" with parameters ({rule.Signature})")}";

        bool HasMember(INamedTypeSymbol type)
        {
            for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            {
                if (current.GetMembers(rule.Member).Length > 0)
                {
                    return true;
                }
            }

            return type.AllInterfaces.Any(inherited => inherited.GetMembers(rule.Member).Length > 0);
        }
    }

    // Every arity of the name; null where the namespace is not known here.
    private List<INamedTypeSymbol>? TypeOf(string name)
    {
        INamespaceOrTypeSymbol container = context.Compilation.GlobalNamespace;
        string[] parts = name.Split('.');
        for (int i = 0; i < parts.Length - 1; i++)
        {
            INamespaceOrTypeSymbol? next = container.GetMembers(parts[i]).OfType<INamespaceOrTypeSymbol>().FirstOrDefault();
            if (next is null)
            {
                return null;
            }

            container = next;
        }

        return [.. container.GetMembers(parts[parts.Length - 1]).OfType<INamedTypeSymbol>()];
    }

    private void Report(SourceText text, int line, string problem)
    {
        TextSpan span = text.Lines[line].Span;
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.EffectFileBroken,
            Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
            problem));
    }
}
