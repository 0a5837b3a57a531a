using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Generator;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>A test's code as a project of a workspace, whose generator runs again after every change.</summary>
internal static class Workspaces
{
    public static Project Open(TestCode code)
    {
        (CSharpCompilation compilation, IReadOnlyDictionary<string, string> files, _) = code.Parse();
        AdhocWorkspace workspace = new();
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            code.Name,
            code.Name,
            LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: Compilations.ParseOptions,
            metadataReferences: compilation.References,
            analyzerReferences: [Loaded.Generator]));
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), tree.FilePath, tree.GetText(), filePath: tree.FilePath);
        }

        foreach ((string path, string text) in files)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), path, SourceText.From(text, System.Text.Encoding.UTF8), filePath: path);
        }

        return solution.GetProject(id)!;
    }

    /// <summary>The project as it is compiled, the generator's output included.</summary>
    public static async Task<CSharpCompilation> CompileAsync(Project project) =>
        (CSharpCompilation)(await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;

    /// <summary>What an analyzer reports in the project.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project, DiagnosticAnalyzer analyzer)
    {
        Dictionary<string, string> files = [];
        foreach (TextDocument file in project.AdditionalDocuments)
        {
            files.Add(file.FilePath!, (await file.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }

        return await Analysis.RunAsync(await CompileAsync(project), [analyzer], files);
    }

    // The generator as a workspace knows analyzers: by file.
    private sealed class Loaded : IAnalyzerAssemblyLoader
    {
        public static AnalyzerFileReference Generator { get; } = new(typeof(TaskContractGenerator).Assembly.Location, new Loaded());

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(TaskContractGenerator).Assembly;
    }
}
