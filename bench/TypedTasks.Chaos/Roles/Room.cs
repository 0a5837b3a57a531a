using System.Globalization;

namespace TypedTasks.Chaos.Roles;

/// <summary>How far a producer may go: its standard input says so, a number of tasks a line.</summary>
internal sealed class Room
{
    private readonly SemaphoreSlim _room = new(0);

    /// <summary>Begins to read.</summary>
    public static Room Open()
    {
        var room = new Room();

        // Reading the console blocks its thread, and is over when the process is.
        _ = Task.Run(room.Read);
        return room;
    }

    /// <summary>Waits until one more task may be enqueued.</summary>
    public Task TakeAsync() => _room.WaitAsync();

    private void Read()
    {
        long released = 0;
        while (Console.In.ReadLine() is { } line)
        {
            long allowed = long.Parse(line, CultureInfo.InvariantCulture);
            if (allowed > released)
            {
                _room.Release((int)(allowed - released));
                released = allowed;
            }
        }
    }
}
