using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Reads one method of a contract.</summary>
internal sealed class TaskReader(Compilation compilation, PayloadReader payloads, ProblemList problems, CancellationToken cancellationToken)
{
    // Members of the emitted arguments struct, which a parameter's property must not be called.
    private static readonly HashSet<string> ReservedProperties = new(StringComparer.Ordinal)
    {
        "Task", "Descriptor", "Read", "Write", "WriteKey", "WriteResult", "ReadResult",
        "Equals", "GetHashCode", "GetType", "ToString", "PrintMembers", "Deconstruct", "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    private readonly TaskOptionsReader _options = new(compilation, problems, cancellationToken);

    /// <summary>The task, or null after a problem.</summary>
    /// <param name="method">A method marked with [Task].</param>
    /// <param name="declaring">The contract that declares it.</param>
    /// <param name="contract">The contract that is being read: the same, or one that inherits it.</param>
    public TaskModel? Read(IMethodSymbol method, INamedTypeSymbol declaring, INamedTypeSymbol contract)
    {
        if (method.IsGenericMethod)
        {
            problems.Add(ContractProblemKind.TaskGeneric, method, method.Name);
            return null;
        }

        if (!method.IsAbstract || method.IsStatic)
        {
            problems.Add(ContractProblemKind.TaskNotAbstract, method, method.Name);
            return null;
        }

        AttributeData attribute = method.Attribute(KnownSymbols.TaskAttribute)!;
        string wireName = attribute.ConstructorArguments is [{ Value: string stated }] ? stated : NameRules.TaskWireName(method.Name);
        if (!NameRules.IsWireName(wireName))
        {
            problems.Add(ContractProblemKind.TaskNameInvalid, method, wireName);
        }

        // All of it is read before anything is given up, so that what is wrong is said at once.
        (ReturnShape Shape, PayloadRef? Result)? returned = ReadReturn(method);
        List<ParameterModel>? parameters = ReadParameters(method, declaring);
        if (_options.Read(method, attribute, declaring, parameters) is not { } options || returned is not { } returns || parameters is null)
        {
            return null;
        }

        string callName = NameRules.WithoutAsync(method.Name);
        return new TaskModel
        {
            ContractWireName = ContractReader.WireNameOf(declaring),
            WireName = wireName,
            DeclaringType = declaring.ToBareTypeRef(),
            IsInherited = !SymbolEqualityComparer.Default.Equals(declaring, contract),
            MethodName = method.Name,
            CallName = callName,
            ClientMethodName = method.Name,
            HandleMethodName = NameRules.Pascal(callName) + "Handle",
            LinkName = NameRules.Pascal(callName) + "Link",
            ArgumentsName = NameRules.Pascal(callName) + "Arguments",
            Returns = returns.Shape,
            Result = returns.Result,
            Parameters = parameters.ToEquatableArray(),
            Options = options,
            Documentation = DocumentationReader.Read(method, cancellationToken),
        };
    }

    private (ReturnShape Shape, PayloadRef? Result)? ReadReturn(IMethodSymbol method)
    {
        bool isTask = method.ReturnType.IsNamed(KnownSymbols.Task);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType is not INamedTypeSymbol type || !(isTask || type.IsNamed(KnownSymbols.ValueTask)))
        {
            problems.Add(ContractProblemKind.ReturnUnsupported, method, method.ReturnType.ToDisplayString());
            return null;
        }

        if (!type.IsGenericType)
        {
            return (isTask ? ReturnShape.Task : ReturnShape.ValueTask, null);
        }

        return payloads.Read(type.TypeArguments[0], method, "result") is { } result
            ? (isTask ? ReturnShape.TaskOfResult : ReturnShape.ValueTaskOfResult, result)
            : null;
    }

    private List<ParameterModel>? ReadParameters(IMethodSymbol method, INamedTypeSymbol declaring)
    {
        List<ParameterModel> parameters = [];
        bool isValid = true;
        HashSet<string> properties = new(StringComparer.Ordinal) { NameRules.Pascal(NameRules.WithoutAsync(method.Name)) + "Arguments" };
        HashSet<ParameterRole> supplied = [];
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.IsParams)
            {
                problems.Add(ContractProblemKind.ParameterUnsupported, parameter, parameter.Name);
                isValid = false;
                continue;
            }

            ParameterRole role = parameter.Type.IsNamed(KnownSymbols.CancellationToken) ? ParameterRole.CancellationToken
                : parameter.Type.IsNamed(KnownSymbols.TaskContext) ? ParameterRole.Context
                : ParameterRole.Argument;
            if (role == ParameterRole.Argument ? supplied.Count > 0 : !supplied.Add(role))
            {
                problems.Add(ContractProblemKind.TrailingParameterMisplaced, parameter, parameter.Name);
                isValid = false;
                continue;
            }

            string codec = "";
            string property = "";
            if (role == ParameterRole.Argument)
            {
                if (payloads.Read(parameter.Type, parameter, parameter.Name) is not { } payload)
                {
                    isValid = false;
                    continue;
                }

                codec = payload.Codec;
                property = NameRules.Pascal(parameter.Name);
                property = NameRules.Unique(ReservedProperties.Contains(property) || properties.Contains(property) ? property + "Value" : property, properties);
            }

            string? defaultValue = parameter.HasExplicitDefaultValue ? Literals.Default(parameter) : null;
            parameters.Add(new ParameterModel(parameter.Name, property, role, payloads.TypeOf(parameter.Type), codec, defaultValue));
        }

        return isValid ? parameters : null;
    }
}
