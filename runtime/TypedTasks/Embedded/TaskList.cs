namespace TypedTasks.Embedded;

/// <summary>Tasks in an order, linked through themselves: adding and removing anywhere costs a few writes and no memory.</summary>
internal sealed class TaskList
{
    public int Count { get; private set; }

    public TaskEntry? First { get; private set; }

    private TaskEntry? Last { get; set; }

    public void AddLast(TaskEntry entry)
    {
        entry.Previous = Last;
        entry.Next = null;
        if (Last is null)
        {
            First = entry;
        }
        else
        {
            Last.Next = entry;
        }

        Last = entry;
        Count++;
    }

    public void Remove(TaskEntry entry)
    {
        if (entry.Previous is null)
        {
            First = entry.Next;
        }
        else
        {
            entry.Previous.Next = entry.Next;
        }

        if (entry.Next is null)
        {
            Last = entry.Previous;
        }
        else
        {
            entry.Next.Previous = entry.Previous;
        }

        entry.Previous = entry.Next = null;
        Count--;
    }

    public TaskEntry? RemoveFirst()
    {
        TaskEntry? entry = First;
        if (entry is not null)
        {
            Remove(entry);
        }

        return entry;
    }
}
