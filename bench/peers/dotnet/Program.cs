using System.Diagnostics;
using System.Globalization;
using TypedTasks.Peers;

// Enqueueing alone, working off what waits, and both at once. Prints a line of JSON for each.
if (args is not [string name, string count, .. string[] rest] || !int.TryParse(count, CultureInfo.InvariantCulture, out int tasks))
{
    Console.Error.WriteLine("usage: TypedTasks.Peers NAME TASKS [PORT]");
    return 2;
}

const int WarmUp = 0, Waiting = 1, Both = 2;
TimeSpan patience = TimeSpan.FromSeconds(60);
Ledger.Begin(3, tasks);
await using var peer = Peer.Create(name, rest is [string port] ? int.Parse(port, CultureInfo.InvariantCulture) : null);
await peer.StartProducerAsync();
if (peer.KeepsWaiting)
{
    long from = Stopwatch.GetTimestamp();
    await EnqueueAsync(Waiting, tasks);
    Report("enqueue", tasks / Stopwatch.GetElapsedTime(from).TotalSeconds, (0, 0));

    // What a worker takes to start is not counted.
    await peer.StartWorkerAsync();
    await UntilAsync(Waiting, 1);
    (from, int before) = (Stopwatch.GetTimestamp(), Ledger.Done(Waiting));
    long all = await UntilAsync(Waiting, tasks);
    Report("consume", (Ledger.Done(Waiting) - before) / Stopwatch.GetElapsedTime(from, all).TotalSeconds, Ledger.Tally(Waiting));
}
else
{
    await peer.StartWorkerAsync();
    await EnqueueAsync(WarmUp, tasks / 5);
    await UntilAsync(WarmUp, tasks / 5);
}

long start = Stopwatch.GetTimestamp();
await EnqueueAsync(Both, tasks);
long end = await UntilAsync(Both, tasks);
Report("endtoend", Ledger.Done(Both) / Stopwatch.GetElapsedTime(start, end).TotalSeconds, Ledger.Tally(Both));
return 0;

Task EnqueueAsync(int batch, int many) => Task.WhenAll(Enumerable.Range(0, peer.Callers).Select(caller => Task.Run(async () =>
{
    for (int i = caller; i < many; i += peer.Callers)
    {
        await peer.EnqueueAsync(Numbers.Of(((long)batch * tasks) + i));
    }
})));

// When so many of a batch have run, or nothing has for as long as patience lasts.
async Task<long> UntilAsync(int batch, int least)
{
    (int seen, long since) = (-1, Stopwatch.GetTimestamp());
    while (Ledger.Done(batch) < least && Stopwatch.GetElapsedTime(since) < patience)
    {
        if (Ledger.Done(batch) > seen)
        {
            (seen, since) = (Ledger.Done(batch), Stopwatch.GetTimestamp());
        }

        await Task.Delay(1);
    }

    return Stopwatch.GetTimestamp();
}

void Report(string mode, double rate, (int Lost, int Duplicated) counts) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $$"""{"engine":"{{name}}","mode":"{{mode}}","tasks":{{tasks}},"tasksPerSecond":{{rate:0.0}},"lost":{{counts.Lost}},"duplicated":{{counts.Duplicated}}}"""));
