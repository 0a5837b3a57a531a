using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT703: enqueueing between the beginning of a database transaction and its commit.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TransactionAnalyzer : BodyAnalyzer
{
    private static readonly string[] Transactions =
    [
        "System.Data.IDbTransaction", "System.Data.Common.DbTransaction", "System.Transactions.TransactionScope", "System.Transactions.CommittableTransaction",
        "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction",
    ];

    /// <summary>Creates the analyzer.</summary>
    public TransactionAnalyzer()
        : base(Rules.EnqueueInTransaction)
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
        List<IVariableDeclaratorOperation> transactions = [];
        List<(ILocalSymbol Local, bool IsCommit, int Position)> ends = [];
        foreach (IOperation operation in body.All)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when IsTransaction(declarator.Symbol.Type) && !SuppressesAny(declarator):
                    transactions.Add(declarator);
                    break;
                case IInvocationOperation { Instance: ILocalReferenceOperation { Local: var local }, TargetMethod.Name: var name } end:
                    if (name is "Commit" or "CommitAsync" or "Complete")
                    {
                        ends.Add((local, true, end.Syntax.SpanStart));
                    }
                    else if (name is "Rollback" or "RollbackAsync" or "Dispose" or "DisposeAsync")
                    {
                        ends.Add((local, false, end.Syntax.SpanStart));
                    }

                    break;
            }
        }

        foreach ((IInvocationOperation enqueue, _) in body.ClientCalls)
        {
            int position = enqueue.Syntax.SpanStart;
            IVariableDeclaratorOperation? open = transactions.FirstOrDefault(transaction =>
                transaction.Syntax.Span.End <= position && ReferenceEquals(transaction.Function(), enqueue.Function()) &&
                ends.Any(end => end.IsCommit && end.Position > position && Is(end.Local, transaction)) &&
                !ends.Any(end => end.Position < position && end.Position > transaction.Syntax.SpanStart && Is(end.Local, transaction)));
            if (open is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.EnqueueInTransaction, enqueue.Syntax.GetLocation(), [open.Syntax.GetLocation()], enqueue.TargetMethod.Name, open.Symbol.Name));
            }
        }
    }

    private static bool Is(ILocalSymbol local, IVariableDeclaratorOperation transaction) => SymbolEqualityComparer.Default.Equals(local, transaction.Symbol);

    // new TransactionScope(TransactionScopeOption.Suppress): there is none within it.
    private static bool SuppressesAny(IVariableDeclaratorOperation declarator) =>
        (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value.Descendants().Any(operation =>
            operation is IFieldReferenceOperation { Field: { Name: "Suppress", ContainingType.Name: "TransactionScopeOption" } }) == true;

    private static bool IsTransaction(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Transactions.Any(current.IsNamed))
            {
                return true;
            }
        }

        return type.AllInterfaces.Any(contract => Transactions.Any(contract.IsNamed));
    }
}
