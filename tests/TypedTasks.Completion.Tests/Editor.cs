using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Completion.Tests;

/// <summary>An editor with one project, as a user has it who installed the package: the runtime with its documentation, the generator, and what completes.</summary>
internal sealed class Editor : IDisposable
{
    private const string Caret = "$$";

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly Document _document;
    private readonly int _caret;

    /// <param name="source">The file that is open; <c>$$</c> is where the caret is.</param>
    public Editor(string source)
    {
        _caret = source.IndexOf(Caret, StringComparison.Ordinal);
        _document = _workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(),
                VersionStamp.Default,
                "Shop",
                "Shop",
                LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose),
                metadataReferences: References(),
                analyzerReferences: Parts("TypedTasks.Generator.dll", "TypedTasks.Completion.dll")))
            .AddDocument("Shop.cs", SourceText.From(source.Replace(Caret, "", StringComparison.Ordinal)));
    }

    /// <summary>What the editor offers at the caret after a dot was typed there, in the order in which it is shown.</summary>
    public Task<ImmutableArray<CompletionItem>> CompleteAsync() => CompleteAsync(CompletionTrigger.CreateInsertionTrigger('.'));

    /// <summary>What the editor offers at the caret when it is asked.</summary>
    public Task<ImmutableArray<CompletionItem>> InvokeAsync() => CompleteAsync(CompletionTrigger.Invoke);

    /// <summary>What the editor shows beside an offer.</summary>
    public async Task<string> DescribeAsync(CompletionItem item) =>
        (await Service.GetDescriptionAsync(_document, item))!.Text;

    /// <summary>The file after an offer was taken.</summary>
    public async Task<string> TakeAsync(CompletionItem item)
    {
        CompletionChange change = await Service.GetChangeAsync(_document, item);
        return (await _document.GetTextAsync()).WithChanges(change.TextChange).ToString();
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ImmutableArray<CompletionItem>> CompleteAsync(CompletionTrigger trigger)
    {
        CompletionList list = await Service.GetCompletionsAsync(_document, _caret, trigger);
        return [.. list.ItemsList.Order()];
    }

    private CompletionService Service => CompletionService.GetService(_document)!;

    // As the package's folder of analyzers is given to an editor.
    private static IEnumerable<AnalyzerReference> Parts(params IEnumerable<string> files) =>
        files.Select(file => new AnalyzerFileReference(Path.Combine(AppContext.BaseDirectory, file), new Loader()));

    private static IEnumerable<MetadataReference> References()
    {
        foreach (string path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator))
        {
            string name = Path.GetFileName(path);
            if (name == "TypedTasks.dll")
            {
                yield return MetadataReference.CreateFromFile(path, documentation: XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(path, ".xml")));
            }
            else if (name.StartsWith("System.", StringComparison.Ordinal))
            {
                yield return MetadataReference.CreateFromFile(path);
            }
        }
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
