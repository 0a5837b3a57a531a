using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Idempotency.Effects;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT704: a number that the database has not given yet is enqueued.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsavedIdentityAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public UnsavedIdentityAnalyzer()
        : base(Rules.UnsavedIdentity)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody(static (context, body) =>
    {
        if (body.ClientCalls.Count > 0)
        {
            Check(context, body);
        }
    });

    private static void Check(OperationBlockAnalysisContext context, BodyOperations body)
    {
        foreach ((IInvocationOperation enqueue, _) in body.ClientCalls)
        {
            foreach (IPropertyReferenceOperation given in enqueue.Arguments.SelectMany(argument => argument.Descendants()).OfType<IPropertyReferenceOperation>())
            {
                if (given.Instance is ILocalReferenceOperation { Local: var entity } && IsNumberOfDatabase(given.Property) && IsUnsaved(entity, given.Property, enqueue, body.Invocations) && !IsAssigned(entity, given.Property, context))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.UnsavedIdentity, given.Syntax.GetLocation(), given.Syntax.ToString()));
                }
            }
        }
    }

    // A Guid is given when the entity is added; a number is given by the database.
    private static bool IsNumberOfDatabase(IPropertySymbol property) =>
        property.Type.SpecialType is SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 &&
        EntityKeys.KeyOf(property.ContainingType) is { } key && SymbolEqualityComparer.Default.Equals(key, property) && EntityKeys.IsGenerated(key);

    // Added before, in the same function, and nothing since that may have saved it.
    private static bool IsUnsaved(ILocalSymbol entity, IPropertySymbol key, IInvocationOperation enqueue, IReadOnlyList<IInvocationOperation> calls)
    {
        int position = enqueue.Syntax.SpanStart;
        IInvocationOperation? added = calls.LastOrDefault(call => call.Syntax.Span.End <= position && IsAdd(call, entity) && ReferenceEquals(call.Function(), enqueue.Function()));
        return added is not null && !calls.Any(call => call.Syntax.SpanStart >= added.Syntax.Span.End && call.Syntax.Span.End <= position && MaySave(call, key.ContainingType));
    }

    private static bool IsAdd(IInvocationOperation call, ILocalSymbol entity) =>
        call.TargetMethod is { Name: "Add" or "AddAsync", ContainingType.Name: "DbSet" or "DbContext" } method && IsOfFramework(method) &&
        call.Arguments.Any(argument => argument.Value.Unconverted() is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, entity));

    private static bool MaySave(IInvocationOperation call, INamedTypeSymbol entity) =>
        Vocabulary.IsCommit(call.TargetMethod.Name) || call.Arguments.Any(argument => argument.Value.Unconverted().Type is { } type && (IsContext(type) || SymbolEqualityComparer.Default.Equals(type, entity)) && !IsOfFramework(call.TargetMethod));

    private static bool IsContext(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "DbContext", ContainingNamespace.Name: "EntityFrameworkCore" })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfFramework(IMethodSymbol method) => method.ContainingNamespace is { Name: "EntityFrameworkCore", ContainingNamespace.Name: "Microsoft" };

    // Whoever gives the number himself knows it.
    private static bool IsAssigned(ILocalSymbol entity, IPropertySymbol key, OperationBlockAnalysisContext context) => context.OperationBlocks
        .SelectMany(block => block.Descendants())
        .Any(operation => operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => SymbolEqualityComparer.Default.Equals(target.Property, key),
            IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, entity) => declarator.Initializer is not { Value: var made } || made.Unconverted() is not IObjectCreationOperation { Arguments.IsEmpty: true },
            _ => false,
        });

}
