using Xunit;

// The listener of a tunnel is an abstract socket by the name of its cluster: two Envoys on one machine would share it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
