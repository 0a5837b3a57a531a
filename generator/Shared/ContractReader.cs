using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>
/// The one reading of a contract: from the interface's symbol to a model, or to what is wrong with it. Generator and analyzers read with the same source,
/// so they cannot disagree about what a contract is.
/// </summary>
internal static class ContractReader
{
    /// <summary>Reads a contract. Never throws, whatever the user is in the middle of typing, but for cancellation.</summary>
    /// <param name="contract">An interface marked with [TaskContract].</param>
    /// <param name="compilation">The compilation that generates code for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ContractReading Read(INamedTypeSymbol contract, Compilation compilation, CancellationToken cancellationToken)
    {
        ProblemList problems = new();
        CheckShape(contract, problems, cancellationToken);
        string wireName = WireNameOf(contract);
        if (!NameRules.IsWireName(wireName))
        {
            problems.Add(ContractProblemKind.ContractNameInvalid, contract, wireName);
        }

        PayloadReader payloads = new(compilation, problems, cancellationToken);
        TaskReader tasks = new(compilation, payloads, problems, cancellationToken);
        List<TaskModel> models = ReadTasks(contract, tasks, problems, cancellationToken);
        if (!problems.IsEmpty)
        {
            return new ContractReading(null, problems.ToImmutable(), models.ToImmutableArray(), payloads.Payloads);
        }

        ContractModel model = new(
            contract.ToBareTypeRef(),
            SymbolNames.NamespaceOf(contract),
            BaseNameOf(contract),
            wireName,
            contract.EffectiveAccessibility() == Accessibility.Public,
            TaskNaming.Disambiguate(models, BaseNameOf(contract)).ToEquatableArray(),
            payloads.Payloads);
        return new ContractReading(model, [], models.ToImmutableArray(), payloads.Payloads);
    }

    /// <summary>The contract's wire name: the stated one, or the one derived from the interface's name.</summary>
    public static string WireNameOf(INamedTypeSymbol contract) =>
        contract.Attribute(KnownSymbols.TaskContractAttribute) is { ConstructorArguments: [{ Value: string stated }] }
            ? stated
            : NameRules.ContractWireName(contract.Name);

    private static void CheckShape(INamedTypeSymbol contract, ProblemList problems, CancellationToken cancellationToken)
    {
        if (contract.TypeKind != TypeKind.Interface)
        {
            problems.Add(ContractProblemKind.ContractNotInterface, contract, contract.Name);
        }

        // Generic, or within a generic type: both are generic to Roslyn.
        if (contract.IsGenericType)
        {
            problems.Add(ContractProblemKind.ContractGeneric, contract, contract.Name);
        }

        if (contract.EffectiveAccessibility() == Accessibility.Private)
        {
            problems.Add(ContractProblemKind.ContractInaccessible, contract, contract.Name);
        }

        foreach (string suffix in TaskNaming.TypeSuffixes)
        {
            string name = BaseNameOf(contract) + suffix;
            if (contract.ContainingNamespace.GetTypeMembers(name, 0).Any(type => !IsGenerated(type, cancellationToken)))
            {
                problems.Add(ContractProblemKind.GeneratedNameTaken, contract, name);
            }
        }
    }

    // The analyzers see what the generator has made of a contract; the generator does not. By what is written: to bind the attributes of each generated type takes long.
    private static bool IsGenerated(INamedTypeSymbol type, CancellationToken cancellationToken) => type.IsFileLocal || type.DeclaringSyntaxReferences.Any(part =>
        part.GetSyntax(cancellationToken) is MemberDeclarationSyntax declaration && declaration.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute is
        {
            Name: QualifiedNameSyntax { Right.Identifier.ValueText: "GeneratedCode" },
            ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.ValueText: TaskNaming.Tool } }, ..],
        }));

    private static List<TaskModel> ReadTasks(INamedTypeSymbol contract, TaskReader reader, ProblemList problems, CancellationToken cancellationToken)
    {
        List<TaskModel> tasks = [];
        HashSet<string> wireNames = new(StringComparer.Ordinal);
        List<IMethodSymbol> methods = [];
        foreach (INamedTypeSymbol declaring in WithBases(contract, problems))
        {
            foreach (ISymbol member in MembersOf(declaring))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsTask(member, problems) || reader.Read((IMethodSymbol)member, declaring, contract) is not { } task)
                {
                    continue;
                }

                if (!wireNames.Add(task.FullWireName))
                {
                    problems.Add(ContractProblemKind.TaskNameDuplicate, member, task.FullWireName);
                }

                var method = (IMethodSymbol)member;
                if (methods.Exists(other => other.Name == method.Name && SignatureOf(other) == SignatureOf(method)))
                {
                    problems.Add(ContractProblemKind.SignatureAmbiguous, member, member.Name);
                }

                methods.Add(method);
                tasks.Add(task);
            }
        }

        return tasks;
    }

    /// <summary>The contract, then the contracts that it inherits, by name: the order of a partial interface's base lists is no order.</summary>
    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol contract, ProblemList problems)
    {
        yield return contract;
        foreach (INamedTypeSymbol inherited in contract.AllInterfaces.OrderBy(type => type.FullName(), StringComparer.Ordinal))
        {
            if (inherited.IsTaskContract())
            {
                yield return inherited;
            }
            else if (inherited.GetMembers().Any(member => member.IsAbstract))
            {
                problems.Add(ContractProblemKind.BaseNotContract, contract, inherited.ToDisplayString());
            }
        }
    }

    /// <summary>In source order, or by name where there is none: the parts of a partial interface come in the order of the files.</summary>
    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol declaring) => declaring.DeclaringSyntaxReferences.Length > 1
        ? declaring.GetMembers().OrderBy(member => member.ToDisplayString(), StringComparer.Ordinal)
        : declaring.GetMembers();

    private static bool IsTask(ISymbol member, ProblemList problems)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } && member.Has(KnownSymbols.TaskAttribute))
        {
            return true;
        }

        // Helpers with a default implementation, constants and nested types are the contract's own business. Accessors answer through their property.
        if (member is { IsAbstract: true } and not IMethodSymbol { AssociatedSymbol: not null } and not INamedTypeSymbol)
        {
            problems.Add(ContractProblemKind.MemberNotTask, member, member.Name);
        }

        return false;
    }

    private static string SignatureOf(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter => parameter.Type.FullName()));

    /// <summary><c>Invoices</c> of <c>IInvoices</c>; a nested contract carries the names of the types around it.</summary>
    private static string BaseNameOf(INamedTypeSymbol contract)
    {
        string name = NameRules.WithoutInterfacePrefix(contract.Name);
        for (INamedTypeSymbol? outer = contract.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.Name + name;
        }

        return name;
    }
}
