using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Shape;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>TT209: renames a placeholder to the parameter or member whose name is nearest.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class KeyPlaceholderFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public KeyPlaceholderFix()
        : base(RuleIds.PlaceholderUnknown)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Property(ContractAnalyzer.Value) is not { } path || scope.Find<ExpressionSyntax>() is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } key ||
            scope.Find<MethodDeclarationSyntax>() is not { } declaration ||
            (await scope.ModelAsync().ConfigureAwait(false)).GetDeclaredSymbol(declaration, scope.CancellationToken) is not { } method ||
            Nearest(method, path) is not { } nearest)
        {
            return;
        }

        string template = key.Token.ValueText;
        string renamed = template == path ? nearest : template.Replace($"{{{path}}}", $"{{{nearest}}}");
        if (renamed != template)
        {
            scope.OfferReplacement($"Name '{nearest}'", key, TaskAttributes.Text(renamed).WithTriviaFrom(key), "Name the nearest");
        }
    }

    /// <summary>The path with its first unknown step replaced by the nearest known name.</summary>
    private static string? Nearest(IMethodSymbol method, string path)
    {
        string[] steps = path.Split('.');
        IEnumerable<(string Name, ITypeSymbol Type)> known = method.Parameters
            .Where(parameter => !parameter.Type.IsNamed(KnownSymbols.CancellationToken) && !parameter.Type.IsNamed(KnownSymbols.TaskContext))
            .Select(parameter => (parameter.Name, parameter.Type));
        for (int i = 0; i < steps.Length; i++)
        {
            (string Name, ITypeSymbol Type)[] names = [.. known];
            int index = Array.FindIndex(names, candidate => candidate.Name == steps[i]);
            if (index < 0)
            {
                if (NearestName.Of(steps[i], names.Select(candidate => candidate.Name)) is not { } nearest)
                {
                    return null;
                }

                steps[i] = nearest;
                return string.Join(".", steps);
            }

            known = names[index].Type.GetMembers().Select(Member).Where(member => member.Type is not null)!;
        }

        return null;
    }

    private static (string Name, ITypeSymbol Type) Member(ISymbol member) => member switch
    {
        IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property => (property.Name, property.Type),
        IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } field => (field.Name, field.Type),
        _ => default,
    };
}
