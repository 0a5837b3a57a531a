using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>
/// Reads the template of an idempotency key: a parameter's name alone, or text with placeholders, <c>"{order.Customer}:{month}"</c>, in which <c>{{</c> is a brace.
/// </summary>
internal sealed class KeyTemplateReader(Compilation compilation, ProblemList problems)
{
    /// <summary>The parts of the key in order, or null after a problem.</summary>
    public EquatableArray<KeyPart>? Read(IMethodSymbol method, string template, IReadOnlyList<ParameterModel> parameters)
    {
        if (parameters.Any(parameter => parameter.Name == template))
        {
            return Value(method, template, parameters) is { } whole ? new EquatableArray<KeyPart>([whole]) : null;
        }

        List<KeyPart> parts = [];
        StringBuilder literal = new();
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            if (c == '{' && template.IndexOf('}', i) is var end and > 0)
            {
                Flush();
                if (Value(method, template.Substring(i + 1, end - i - 1), parameters) is not { } part)
                {
                    return null;
                }

                parts.Add(part);
                i = end;
                continue;
            }

            if (c is '{' or '}')
            {
                problems.Add(ContractProblemKind.KeyTemplateInvalid, method, template);
                return null;
            }

            literal.Append(c);
        }

        Flush();
        if (parts.TrueForAll(part => part.IsLiteral))
        {
            problems.Add(ContractProblemKind.KeyTemplateInvalid, method, template);
            return null;
        }

        return parts.ToEquatableArray();

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new KeyPart(literal.ToString(), IsLiteral: true));
                literal.Clear();
            }
        }
    }

    /// <summary>The expression of a path such as <c>order.Customer.Id</c>; each step that may be null is checked, because keys are made of values.</summary>
    private KeyPart? Value(IMethodSymbol method, string path, IReadOnlyList<ParameterModel> parameters)
    {
        string[] steps = path.Split('.');
        ParameterModel? parameter = parameters.FirstOrDefault(candidate => candidate.Name == steps[0] && candidate.Role == ParameterRole.Argument);
        if (parameter is null)
        {
            problems.Add(ContractProblemKind.KeyPathUnknown, method, path);
            return null;
        }

        ITypeSymbol type = method.Parameters.First(candidate => candidate.Name == steps[0]).Type;
        string expression = $"arguments.{NameRules.Escape(parameter.PropertyName)}";
        foreach (string step in steps.Skip(1))
        {
            ITypeSymbol owner = Present(type, ref expression);
            if (MemberOf(owner, step) is not { } member)
            {
                problems.Add(ContractProblemKind.KeyPathUnknown, method, path);
                return null;
            }

            type = member;
            expression = $"{expression}.{NameRules.Escape(step)}";
        }

        if (type.SpecialType == SpecialType.System_String)
        {
            return new KeyPart(expression, IsLiteral: false);
        }

        ITypeSymbol value = Present(type, ref expression);
        if (value is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
        {
            // The number, which survives the renaming of a member.
            return new KeyPart($"({underlying.FullName()}){expression}", IsLiteral: false);
        }

        if (value.SpecialType == SpecialType.System_Boolean || IsFormattable(value))
        {
            return new KeyPart(expression, IsLiteral: false);
        }

        problems.Add(ContractProblemKind.KeyTypeUnsupported, method, $"{path}: {type.ToDisplayString()}");
        return null;
    }

    private static ITypeSymbol Present(ITypeSymbol type, ref string expression)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            expression = $"global::TypedTasks.Calls.TaskKeyWriter.Present({expression})";
            return nullable.TypeArguments[0];
        }

        if (type.IsReferenceType)
        {
            expression = $"global::TypedTasks.Calls.TaskKeyWriter.Present({expression})";
        }

        return type;
    }

    private ITypeSymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers(name))
            {
                if (!member.IsStatic && compilation.IsSymbolAccessibleWithin(member, compilation.Assembly))
                {
                    return member switch
                    {
                        IPropertySymbol { GetMethod: not null, IsIndexer: false } property => property.Type,
                        IFieldSymbol field => field.Type,
                        _ => null,
                    };
                }
            }
        }

        return null;
    }

    private bool IsFormattable(ITypeSymbol type) =>
        compilation.GetTypeByMetadataName("System.IUtf8SpanFormattable") is { } formattable && compilation.ClassifyConversion(type, formattable).IsImplicit;
}
