using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Design",
    "CA1000:Do not declare static members on generic types",
    Justification = "A codec is its static members: they are called through a type parameter, never spelt out.",
    Scope = "namespaceanddescendants",
    Target = "~N:TypedTasks.MessagePack")]
