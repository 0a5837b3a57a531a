using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Generator.Tests.Driving;

/// <summary>The questions that a generator's cache must answer.</summary>
internal static class Caching
{
    /// <summary>A second run over an equal or unrelatedly changed compilation finds every step and every output cached or unchanged.</summary>
    public static void AssertCached(GeneratorDriver driver, CSharpCompilation changed, GeneratorDriverRunResult before)
    {
        GeneratorRunResult after = driver.RunGenerators(changed).GetRunResult().Results.Single();
        foreach ((string name, System.Collections.Immutable.ImmutableArray<IncrementalGeneratorRunStep> steps) in after.TrackedSteps.Where(step => TrackingNames.All.Contains(step.Key)))
        {
            Assert.All(steps.SelectMany(step => step.Outputs), output => Assert.True(
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                $"The step {name} made a {output.Reason} output."));
        }

        Assert.All(after.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output =>
            Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal(before.Results.Single().GeneratedSources.Length, after.GeneratedSources.Length);
    }

    /// <summary>No tracked output holds on to a compilation.</summary>
    public static void AssertNothingRetained(GeneratorDriverRunResult result)
    {
        HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
        foreach ((string name, System.Collections.Immutable.ImmutableArray<IncrementalGeneratorRunStep> steps) in result.Results.Single().TrackedSteps)
        {
            if (TrackingNames.All.Contains(name))
            {
                foreach ((object value, _) in steps.SelectMany(step => step.Outputs))
                {
                    Visit(value, name, visited);
                }
            }
        }
    }

    private static void Visit(object? node, string step, HashSet<object> visited)
    {
        if (node is null || node is string || !visited.Add(node))
        {
            return;
        }

        Assert.False(node is ISymbol or Compilation or SyntaxNode or SyntaxTree or SemanticModel or Location, $"The step {step} holds a {node.GetType()}.");
        Type type = node.GetType();
        if (type.IsPrimitive || type.IsEnum)
        {
            return;
        }

        if (node is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Visit(item, step, visited);
            }
        }

        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (FieldInfo field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer)
                {
                    Visit(field.GetValue(node), step, visited);
                }
            }
        }
    }
}
