using System.Diagnostics;

namespace AliveMcp.Bench.PublicReads;

/// <summary>Counts the statements that the driver sends, by the driver's own word.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ActivityListener _listener;
    private int _count;

    public Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = _ => Interlocked.Increment(ref _count),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
