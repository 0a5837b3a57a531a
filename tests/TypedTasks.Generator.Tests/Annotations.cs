namespace TypedTasks.Generator.Tests;

/// <summary>MessagePack-CSharp's attributes as a user's project would have them: the generator knows them by name only.</summary>
internal static class Annotations
{
    public const string Source = """
        namespace MessagePack
        {
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
        }
        """;
}
