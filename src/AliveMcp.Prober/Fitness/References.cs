using System.Collections.Concurrent;

namespace AliveMcp.Prober.Fitness;

/// <summary>
/// Well-known places that answer whenever our own network works. While fewer than two of them answered lately, what fails here
/// says nothing about anybody's server. Without any the rule is off. Thread-safe.
/// </summary>
internal sealed class References
{
    /// <summary>Fewer places than this could fail together by chance.</summary>
    public const int Fewest = 3;

    /// <summary>How many must have answered within <see cref="Memory"/>.</summary>
    public const int Quorum = 2;

    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Uri, long> _answered = new();
    private readonly TimeProvider _time;

    public References(IReadOnlyList<Uri> places, TimeProvider time)
    {
        (Places, _time) = (places, time);
        // All are given their first half minute.
        foreach (var place in places)
        {
            Answered(place);
        }
    }

    public IReadOnlyList<Uri> Places { get; }

    public void Answered(Uri place) => _answered[place] = _time.GetTimestamp();

    /// <summary>Whether our own network is in doubt at this moment.</summary>
    public bool AreSilent() =>
        Places.Count > 0 && _answered.Values.Count(at => _time.GetElapsedTime(at) <= Memory) < Quorum;
}
