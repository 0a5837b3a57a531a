using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>How many numbers of a type the baseline has retired: what leaves a gap on purpose.</summary>
internal static class RetiredPlaces
{
    /// <summary>The tombstones of a type, by the label that its name gets.</summary>
    public static int Of(string display, AnalyzerOptions options, CancellationToken cancellationToken) =>
        BaselineFile.Among(options) is { } file && file.GetText(cancellationToken) is { } text &&
        BaselineFile.Parse(text).Types.TryGetValue(PresentType.LabelOf(display), out BaselineBlock? block)
            ? block.Places.Count(place => place.IsRetired)
            : 0;
}
