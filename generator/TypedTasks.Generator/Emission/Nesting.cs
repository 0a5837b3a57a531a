using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Emission;

/// <summary>Counts depth around the members of an object that holds others, so that bytes cannot nest without end. A leaf saves itself the counting.</summary>
internal static class Nesting
{
    public static void Enter(SourceWriter writer, string variable, ObjectPayload payload)
    {
        if (payload.IsNested)
        {
            writer.Write($"{variable}.Enter();");
        }
    }

    public static void Leave(SourceWriter writer, string variable, ObjectPayload payload)
    {
        if (payload.IsNested)
        {
            writer.Write($"{variable}.Leave();");
        }
    }
}
