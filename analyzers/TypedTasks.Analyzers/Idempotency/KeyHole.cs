using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency;

/// <summary>A placeholder of a valid key template.</summary>
/// <param name="Path">As written: <c>order.Customer</c>.</param>
/// <param name="Type">The type of the value, without Nullable.</param>
/// <param name="FollowsDirectly">Whether nothing stands between it and the placeholder before it.</param>
internal sealed record KeyHole(string Path, ITypeSymbol Type, bool FollowsDirectly)
{
    /// <summary>The last step of the path.</summary>
    public string Name => Path.Substring(Path.LastIndexOf('.') + 1);

    /// <summary>Whether every value's text is equally long, so that it cannot run into its neighbour.</summary>
    public bool IsOfFixedWidth => Type.IsNamed("System.Guid") || Type.IsNamed("System.DateOnly") || Type.SpecialType is SpecialType.System_DateTime or SpecialType.System_Char || Type.IsNamed("System.DateTimeOffset");

    /// <summary>The placeholders in order. For templates that the contract's reading has accepted.</summary>
    public static IEnumerable<KeyHole> Read(IMethodSymbol method, string template)
    {
        if (method.Parameters.FirstOrDefault(parameter => parameter.Name == template) is { } whole)
        {
            yield return new KeyHole(template, whole.Type.WithoutNullable(), false);
            yield break;
        }

        bool followsHole = false;
        for (int i = 0; i < template.Length; i++)
        {
            int end = template[i] == '{' && i + 1 < template.Length && template[i + 1] != '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
            {
                // A doubled brace is one character of text.
                i += template[i] is '{' or '}' ? 1 : 0;
                followsHole = false;
                continue;
            }

            string path = template.Substring(i + 1, end - i - 1);
            if (TypeOf(method, path) is { } type)
            {
                yield return new KeyHole(path, type.WithoutNullable(), followsHole);
            }

            followsHole = true;
            i = end;
        }
    }

    private static ITypeSymbol? TypeOf(IMethodSymbol method, string path)
    {
        string[] steps = path.Split('.');
        ITypeSymbol? type = method.Parameters.FirstOrDefault(parameter => parameter.Name == steps[0])?.Type;
        foreach (string step in steps.Skip(1))
        {
            type = type is null ? null : MemberOf(type.WithoutNullable(), step);
        }

        return type;
    }

    private static ITypeSymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            switch (current.GetMembers(name).FirstOrDefault(member => !member.IsStatic))
            {
                case IPropertySymbol property:
                    return property.Type;
                case IFieldSymbol field:
                    return field.Type;
            }
        }

        return null;
    }
}
