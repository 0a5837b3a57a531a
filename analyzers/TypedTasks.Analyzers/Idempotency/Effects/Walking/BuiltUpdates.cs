using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// Updates of document stores, which are built of calls and scripts: whether one sets, adds to a number, or adds to a list. MongoDB's builders, Cosmos DB's
/// patches, Firestore's sentinels, Couchbase's mutations, and the scripts of search engines.
/// </summary>
internal static class BuiltUpdates
{
    private static readonly string[] Adds = ["Inc", "Mul", "Increment", "Decrement"];

    private static readonly string[] Appends = ["Push", "PushEach", "ArrayAppend", "ArrayPrepend"];

    // "Not this one yet", a number of the version, what was read before: after the update nothing is left that meets it.
    private static readonly string[] Conditions = ["Ne", "Nin", "Not", "Exists", "Lt", "Lte", "FilterPredicate", "IfMatchEtag", "IfMatch", "LastUpdated", "Cas", "IfSeqNo"];

    public static bool Is(IMethodSymbol method)
    {
        return method.ContainingType.Name switch
        {
            "IMongoCollection" or "IMongoCollectionExtensions" => (Starts("Update") || Starts("FindOneAndUpdate") || Starts("BulkWrite")) && method.ContainingNamespace is { Name: "Driver", ContainingNamespace.Name: "MongoDB" },
            "Container" => Starts("PatchItem") && IsIn("Microsoft.Azure.Cosmos"),
            "TransactionalBatch" => method.Name == "PatchItem" && IsIn("Microsoft.Azure.Cosmos"),
            "DocumentReference" => method.Name is "UpdateAsync" or "SetAsync" && IsIn("Google.Cloud.Firestore"),
            "WriteBatch" or "Transaction" => method.Name is "Update" or "Set" && IsIn("Google.Cloud.Firestore"),
            "ElasticsearchClient" => Starts("Update") && IsIn("Elastic.Clients.Elasticsearch"),
            "IElasticClient" or "ElasticClient" => Starts("Update") && IsIn("Nest"),
            "IOpenSearchClient" or "OpenSearchClient" => Starts("Update") && IsIn("OpenSearch.Client"),
            "ICouchbaseCollection" or "CollectionExtensions" or "CouchbaseCollectionExtensions" => method.Name == "MutateInAsync" && IsIn("Couchbase.KeyValue"),
            _ => false,
        };

        bool Starts(string verb) => method.Name.StartsWith(verb, StringComparison.Ordinal);

        bool IsIn(string space) => method.ContainingNamespace?.ToDisplayString() == space;
    }

    public static EffectKind KindOf(IInvocationOperation update, IOperation? root)
    {
        HashSet<string> built = [.. update.Arguments.SelectMany(argument => Words(argument, root, isLocal: false))];
        return Conditions.Any(built.Contains) ? EffectKind.Write
            : Adds.Any(built.Contains) ? EffectKind.Modify
            : Appends.Any(built.Contains) ? EffectKind.Insert
            : EffectKind.Write;
    }

    // What is called or assigned in the arguments, or before them into a local.
    private static IEnumerable<string> Words(IOperation built, IOperation? root, bool isLocal)
    {
        foreach (IOperation part in built.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation call:
                    yield return IsArrayEnd(call) ? "Push" : call.TargetMethod.Name;
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var member } }:
                    yield return member;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan }:
                    yield return "Ne";
                    break;
                case { ConstantValue: { HasValue: true, Value: string text } } when text.Contains("ctx._source"):
                    yield return OfScript(text);
                    break;
                case ILocalReferenceOperation { Local: var local } when !isLocal:
                    foreach (string word in (root?.DescendantsAndSelf() ?? []).Where(made => IsOf(made, local)).SelectMany(made => Words(made, root, isLocal: true)))
                    {
                        yield return word;
                    }

                    break;
            }
        }
    }

    // The local's initializer, and what is put into it: patches.Add(…), updates["views"] = ….
    private static bool IsOf(IOperation made, ILocalSymbol local) => made switch
    {
        IVariableDeclaratorOperation { Initializer: not null } declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local),
        IInvocationOperation { Instance: ILocalReferenceOperation of, TargetMethod.ReturnsVoid: true } => SymbolEqualityComparer.Default.Equals(of.Local, local),
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: ILocalReferenceOperation of } } => SymbolEqualityComparer.Default.Equals(of.Local, local),
        _ => false,
    };

    // PatchOperation.Add("/tags/-", tag): behind the last one.
    private static bool IsArrayEnd(IInvocationOperation call) =>
        call is { TargetMethod: { Name: "Add", ContainingType.Name: "PatchOperation" }, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string path } }, ..] } && path.EndsWith("/-", StringComparison.Ordinal);

    // ctx._source.views += params.n; a script that looks first (if, contains) may know what it did before.
    private static string OfScript(string script) =>
        script.Contains("if ") || script.Contains("if(") || script.Contains("contains(") ? "Script"
        : script.Contains("+=") || script.Contains("-=") || script.Contains("++") || script.Contains("--") ? "Inc"
        : script.Contains(".add(") ? "Push"
        : "Script";
}
