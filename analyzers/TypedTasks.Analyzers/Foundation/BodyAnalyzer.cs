using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <summary>An analyzer that reads bodies one by one, and says what it says within them.</summary>
public abstract class BodyAnalyzer : TaskAnalyzer
{
    private protected BodyAnalyzer(params DiagnosticDescriptor[] rules)
        : base(rules)
    {
    }

    private protected sealed override bool StaysWithin => true;
}
