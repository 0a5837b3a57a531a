using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>What a test analyses. A string is one: a library of one file.</summary>
internal sealed record TestCode
{
    /// <summary>The files' sources, marked up.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Additional files by path, marked up.</summary>
    public IReadOnlyDictionary<string, string> AdditionalFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Assemblies beyond the framework and TypedTasks, made by <see cref="Compilations.Reference"/>.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    /// <summary>A library, unless there are top-level statements.</summary>
    public OutputKind? Output { get; init; }

    /// <summary>The assembly's name.</summary>
    public string Name { get; init; } = "Tasks";

    /// <summary>Whether the compiler may find errors in it. Only where the rule speaks of code that does not compile.</summary>
    public bool AllowErrors { get; init; }

    public static implicit operator TestCode(string source) => new() { Sources = [source] };

    /// <summary>Several files.</summary>
    public static TestCode Files(params string[] sources) => new() { Sources = sources };

    /// <summary>The code without marks, and the marks.</summary>
    public (CSharpCompilation Compilation, IReadOnlyDictionary<string, string> AdditionalFiles, IReadOnlyList<Expected> Expected) Parse()
    {
        List<Expected> expected = [];
        List<SyntaxTree> trees = [];
        for (int i = 0; i < Sources.Count; i++)
        {
            string path = PathOf(i);
            (string text, IReadOnlyList<Expected> marks) = Markup.Parse(Sources[i], path);
            expected.AddRange(marks);
            trees.Add(Compilations.Parse(text, path));
        }

        Dictionary<string, string> files = [];
        foreach ((string path, string marked) in AdditionalFiles)
        {
            (string text, IReadOnlyList<Expected> marks) = Markup.Parse(marked, path);
            expected.AddRange(marks);
            files.Add(path, text);
        }

        return (Compilations.Create(trees, Name, Output, References), files, expected);
    }

    public static string PathOf(int index) => $"Source{index}.cs";
}
