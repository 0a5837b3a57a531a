using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Generator.Tests.Driving;

/// <summary>What a run of the generator came to. Made by <see cref="Generate"/>, which has asserted caching and order already.</summary>
internal sealed class Generation(CSharpCompilation compilation, GeneratorDriverRunResult result)
{
    /// <summary>The user's sources and the emitted ones.</summary>
    public CSharpCompilation Compilation { get; } = compilation;

    public ImmutableArray<GeneratedSourceResult> Sources { get; } = result.Results.Single().GeneratedSources;

    public string this[string hintName] =>
        Sources.SingleOrDefault(source => source.HintName == hintName).SourceText?.ToString()
        ?? throw new InvalidOperationException($"There is no {hintName}, but {string.Join(", ", Sources.Select(source => source.HintName))}.");

    /// <summary>Everything that was emitted, as one text.</summary>
    public string Everything => string.Join("\n", Sources.Select(source => $"// ======== {source.HintName}\n{source.SourceText}"));

    /// <summary>Fails on any diagnostic of the emitted code: errors, and every warning there is, missing documentation included.</summary>
    public Generation Compiles()
    {
        HashSet<SyntaxTree> emitted = [.. Sources.Select(source => Compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(source.HintName, StringComparison.Ordinal)))];
        string[] problems =
        [
            .. Compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error ||
                    (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && emitted.Contains(tree)))
                .Select(diagnostic => diagnostic.ToString()),
        ];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(12)));
        return this;
    }

    /// <summary>Compiles and loads the assembly; disposing unloads it.</summary>
    public LoadedAssembly Load(params Generation[] references)
    {
        Compiles();
        AssemblyLoadContext context = new("emitted", isCollectible: true);
        foreach (Generation reference in references)
        {
            reference.EmitInto(context);
        }

        return new LoadedAssembly(context, EmitInto(context));
    }

    /// <summary>The compiled assembly, for another compilation to reference.</summary>
    public MetadataReference ToReference()
    {
        using MemoryStream stream = new();
        Assert.True(Compilation.Emit(stream).Success);
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private Assembly EmitInto(AssemblyLoadContext context)
    {
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = Compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        stream.Position = 0;
        return context.LoadFromStream(stream);
    }
}

/// <summary>An emitted assembly in a context of its own.</summary>
internal sealed class LoadedAssembly(AssemblyLoadContext context, Assembly assembly) : IDisposable
{
    public Assembly Assembly { get; } = assembly;

    /// <summary>Calls the static method that a test put into its source, which asserts or returns.</summary>
    public object? Run(string type, string method, params object?[] arguments)
    {
        MethodInfo found = Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return found.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    public void Dispose() => context.Unload();
}
