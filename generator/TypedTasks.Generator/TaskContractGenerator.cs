using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Generator.Emission;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator;

/// <summary>
/// Turns each interface marked with <c>[TaskContract]</c> into call values, a client, a dispatcher and codecs, writes the codecs of types marked with
/// <c>[TaskPayload]</c>, and announces all of it to the runtime.
/// </summary>
/// <remarks>
/// Symbols are read in the first step and never leave it: what flows on is compared by value, so that a keystroke elsewhere emits nothing again.
/// Reports no diagnostics and emits nothing for a contract with problems; the analyzers, which read contracts with the same source, report those.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class TaskContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Read.
        IncrementalValuesProvider<ContractModel> contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownSymbols.TaskContractAttribute, static (node, _) => node is InterfaceDeclarationSyntax, Reading.Contract)
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Contracts);

        IncrementalValuesProvider<QueueModel> queues = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownSymbols.TaskQueueAttribute, static (node, _) => node is VariableDeclaratorSyntax, Reading.Queue)
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Queues);

        IncrementalValuesProvider<MarkedPayload> payloads = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownSymbols.TaskPayloadAttribute, static (node, _) => node is BaseTypeDeclarationSyntax, Reading.Payload)
            .WhereNotNull()
            .WithTrackingName(TrackingNames.MarkedPayloads);

        IncrementalValuesProvider<HandlerModel> handlers = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is TypeDeclarationSyntax { BaseList: not null } and (ClassDeclarationSyntax or RecordDeclarationSyntax), Reading.Handler)
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Handlers);

        // Put in order, drop duplicates, and settle names that would collide.
        IncrementalValuesProvider<NamedContract> named = contracts.Collect()
            .SelectMany(Naming.Contracts)
            .WithTrackingName(TrackingNames.NamedContracts);

        IncrementalValuesProvider<NamedPayload> codecs = contracts.Collect().Combine(payloads.Collect())
            .SelectMany(Naming.Payloads)
            .WithTrackingName(TrackingNames.Codecs);

        IncrementalValueProvider<AssemblyModel> assembly = named.Collect().Combine(queues.Collect()).Combine(handlers.Collect())
            .Combine(codecs.Collect().Combine(payloads.Collect()))
            .Select(Naming.Assembly)
            .WithTrackingName(TrackingNames.Assembly);

        // Emit.
        context.RegisterSourceOutput(named, static (output, contract) => output.AddSource($"{contract.HintName}.g.cs", ContractFile.Emit(contract.Model)));
        context.RegisterSourceOutput(codecs, static (output, payload) => output.AddSource($"{payload.HintName}.Codec.g.cs", CodecFile.Emit(payload.Model)));
        context.RegisterSourceOutput(assembly, static (output, model) =>
        {
            if (!model.IsEmpty)
            {
                output.AddSource("TypedTasks.Assembly.g.cs", AssemblyFile.Emit(model));
            }
        });
    }
}
