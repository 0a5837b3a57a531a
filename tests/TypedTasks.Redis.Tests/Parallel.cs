// Nearly all of these tests wait: for a lease, a delay, a server. More of them at once than there are cores cost little and save minutes.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
