using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Generator;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>Makes compilations as a user's project would be: the framework, TypedTasks, hosting, nullable on, the generator's output included.</summary>
internal static class Compilations
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.DependencyInjection;
        global using TypedTasks;
        """;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    /// <summary>Made once and shared by all tests: reading metadata is what would take the time.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name &&
                (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "TypedTasks.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        Annotations(),
    ];

    // MessagePack-CSharp's attributes, which are known by name.
    private const string MessagePack = """
        using System;

        namespace MessagePack;

        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
        public class MessagePackObjectAttribute(bool keyAsPropertyName = false) : Attribute
        {
            public bool KeyAsPropertyName { get; } = keyAsPropertyName;
        }

        [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
        public class KeyAttribute : Attribute
        {
            public KeyAttribute(int x) => IntKey = x;

            public KeyAttribute(string x) => StringKey = x;

            public int? IntKey { get; }

            public string? StringKey { get; }
        }

        [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
        public class IgnoreMemberAttribute : Attribute;

        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true)]
        public class UnionAttribute(int key, Type subType) : Attribute
        {
            public int Key { get; } = key;

            public Type SubType { get; } = subType;
        }

        [AttributeUsage(AttributeTargets.Constructor)]
        public class SerializationConstructorAttribute : Attribute;
        """;

    private const string Usual = "Tasks";

    private static CSharpCompilation Library { get; } = Bound(OutputKind.DynamicallyLinkedLibrary);

    private static CSharpCompilation Program { get; } = Bound(OutputKind.ConsoleApplication);

    private static SyntaxTree UsingsTree { get; } = Parse(Usings, "Usings.cs");

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, Encoding.UTF8);

    /// <summary>A compilation without the generator's output.</summary>
    public static CSharpCompilation Create(IEnumerable<SyntaxTree> trees, string name = Usual, OutputKind? output = null, IEnumerable<MetadataReference>? more = null)
    {
        SyntaxTree[] sources = [.. trees];
        bool isProgram = sources.Any(tree => tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any());
        OutputKind kind = output ?? (isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);

        // Compilations that come of one share its metadata: that is most of the time.
        return name == Usual && more?.Any() != true && kind is OutputKind.ConsoleApplication or OutputKind.DynamicallyLinkedLibrary
            ? (kind == OutputKind.ConsoleApplication ? Program : Library).AddSyntaxTrees([.. sources, UsingsTree])
            : Empty(name, kind).AddReferences(more ?? []).AddSyntaxTrees([.. sources, UsingsTree]);
    }

    private static CSharpCompilation Empty(string name, OutputKind kind) => CSharpCompilation.Create(
        name, [], References, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static CSharpCompilation Bound(OutputKind kind)
    {
        CSharpCompilation empty = Empty(Usual, kind);
        empty.GetSpecialType(SpecialType.System_Object);
        return empty;
    }

    /// <summary>The compilation with the generator's output.</summary>
    public static CSharpCompilation Generate(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create([new TaskContractGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return (CSharpCompilation)generated;
    }

    /// <summary>A library of its own, compiled with the generator, for other code to reference.</summary>
    public static MetadataReference Reference(string name, params string[] sources)
    {
        CSharpCompilation compilation = Generate(Create(sources.Select((source, index) => Parse(source, $"{name}{index}.cs")), name));
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private static PortableExecutableReference Annotations()
    {
        MetadataReference framework = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        CSharpCompilation compilation = CSharpCompilation.Create("MessagePack.Annotations", [Parse(MessagePack, "MessagePack.cs")], [framework], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    /// <summary>What the compiler itself finds wrong.</summary>
    public static string[] Errors(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()),
    ];
}
