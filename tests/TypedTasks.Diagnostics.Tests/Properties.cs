// Listeners to activities and meters hear the whole process, and so does a count of allocations.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
