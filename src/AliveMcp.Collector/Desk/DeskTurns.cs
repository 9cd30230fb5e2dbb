using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Desk;

/// <summary>
/// Keeps one region's probers from taking the whole desk: so many requests at one time, and so many that begin in a second. By region, which
/// the token proves; a prober's name is only what it says of itself. Thread-safe.
/// </summary>
internal sealed class DeskTurns(TimeProvider time, int atOnce = DeskTurns.AtOnce, int perSecond = DeskTurns.PerSecond)
{
    /// <summary>Every prober has a long poll for each lane open, and some posts beside.</summary>
    private const int AtOnce = 400;

    /// <summary>On the first minute of 50,000 servers every report brings a contract: some 850 a second and region.</summary>
    private const int PerSecond = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Region, Door> _doors = [];

    /// <returns>A turn, given back when it is disposed; null when the region has none left.</returns>
    public IDisposable? Enter(Region region)
    {
        lock (_gate)
        {
            var door = _doors.TryGetValue(region, out var known) ? known : _doors[region] = new Door();
            var second = time.GetUtcNow().ToUnixTimeSeconds();
            if (door.Second != second)
            {
                (door.Second, door.Begun) = (second, 0);
            }

            if (door.Inside >= atOnce || door.Begun >= perSecond)
            {
                return null;
            }

            door.Inside++;
            door.Begun++;
            return new Turn(this, door);
        }
    }

    private sealed class Door
    {
        public int Inside { get; set; }

        public long Second { get; set; }

        public int Begun { get; set; }
    }

    private sealed class Turn(DeskTurns turns, Door door) : IDisposable
    {
        public void Dispose()
        {
            lock (turns._gate)
            {
                door.Inside--;
            }
        }
    }
}
