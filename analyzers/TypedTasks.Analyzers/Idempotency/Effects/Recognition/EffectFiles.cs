using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The user's effects files among the additional files.</summary>
internal static class EffectFiles
{
    public const string Extension = ".taskeffects.txt";

    /// <summary>Each file, in the order of their paths.</summary>
    public static IEnumerable<(AdditionalText Text, EffectFile File)> Read(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        foreach (AdditionalText text in options.AdditionalFiles.Where(IsOne).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (text.GetText(cancellationToken) is { } content)
            {
                yield return (text, EffectFile.Parse(content));
            }
        }
    }

    public static bool IsOne(AdditionalText text) => text.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
}
