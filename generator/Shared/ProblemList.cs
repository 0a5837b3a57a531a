using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedTasks.Shared;

/// <summary>Collects the problems of one reading.</summary>
internal sealed class ProblemList
{
    private readonly ImmutableArray<ContractProblem>.Builder _problems = ImmutableArray.CreateBuilder<ContractProblem>();

    public bool IsEmpty => _problems.Count == 0;

    public int Count => _problems.Count;

    public void Add(ContractProblemKind kind, ISymbol symbol, string detail = "", Location? location = null) =>
        _problems.Add(new ContractProblem(kind, symbol, location ?? symbol.Locations.FirstOrDefault(), detail));

    public ImmutableArray<ContractProblem> ToImmutable() => _problems.ToImmutable();
}
