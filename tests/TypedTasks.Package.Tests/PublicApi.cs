using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedTasks.Package.Tests;

/// <summary>Writes what an assembly offers, a line a member, sorted: enough to notice every change that a user could notice.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Kind(type)} {Name(type)}{Bases(type)}\n");
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield return Method(type.GetMethod("Invoke")!, "");
            yield break;
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => Shown(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName))
        {
            string value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
            string kind = field.IsLiteral ? "const " : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
            yield return type.IsEnum ? $"{field.Name}{value}" : $"{kind}{Name(Nullability.Create(field))} {field.Name}{value}";
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(method => Shown(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly) && !method.IsStatic))
        {
            yield return $"{(constructor.IsPublic ? "" : "protected ")}{Bare(type)}({Parameters(constructor)})";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            string accessors = string.Concat(property.GetAccessors(nonPublic: true)
                .Where(method => Shown(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly))
                .Select(method => method.Name.StartsWith("get_", StringComparison.Ordinal) ? "get; "
                    : method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "));
            if (accessors.Length > 0)
            {
                string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
                yield return $"{Modifiers(property.GetAccessors(nonPublic: true)[0])}{Name(Nullability.Create(property))} {property.Name}{index} {{ {accessors}}}";
            }
        }

        foreach (EventInfo member in type.GetEvents(Declared).Where(member => member.AddMethod!.IsPublic))
        {
            yield return $"event {Name(member.EventHandlerType!)} {member.Name}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(method => Shown(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly)))
        {
            bool accessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            bool written = method.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;
            if (!accessor && !written)
            {
                yield return Method(method, $" {method.Name}");
            }
        }
    }

    private static string Method(MethodInfo method, string name)
    {
        string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{Name(Nullability.Create(method.ReturnParameter))}{name}{generic}({extension}{Parameters(method)})";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "") +
        (method.IsStatic ? "static " : "") +
        (method.IsAbstract ? "abstract " : method is MethodInfo own && own.GetBaseDefinition() != own ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string by = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{by}{Name(Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsValueType ? $"{(type.IsByRefLike ? "ref " : "")}struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
        {
            return "";
        }

        IEnumerable<Type> inherited = type.GetInterfaces().SelectMany(one => one.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        List<string> bases = [.. type.GetInterfaces().Where(one => one.IsVisible).Except(inherited).Select(Name).Order(StringComparer.Ordinal)];
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases.Insert(0, Name(parent));
        }

        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string Name(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        string nullable = info.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        return info.ElementType is { } element ? $"{Name(element)}[]{nullable}"
            : type.IsGenericType && info.GenericTypeArguments.Length == type.GetGenericArguments().Length && !type.IsNested
                ? $"{(Shows(type) ? $"{type.Namespace}." : "")}{Bare(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>{nullable}"
                : Name(type) + nullable;
    }

    private static string Name(Type type) =>
        type.IsByRef ? Name(type.GetElementType()!)
        : type.IsArray ? $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : type.IsGenericParameter ? type.Name
        : $"{(type.IsNested ? $"{Name(type.DeclaringType!)}." : Shows(type) ? $"{type.Namespace}." : "")}{Bare(type)}" +
          (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "");

    // The framework's names are known; ours say where they live.
    private static bool Shows(Type type) => type.Namespace?.StartsWith("TypedTasks", StringComparison.Ordinal) == true;

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool Shown(bool isPublic, bool isProtected) => isPublic || isProtected;
}
