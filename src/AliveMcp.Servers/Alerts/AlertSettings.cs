namespace AliveMcp.Servers.Alerts;

/// <summary>What a server's owner chose about its alerts. What is null or not named is as usual.</summary>
public sealed record AlertSettings
{
    /// <summary>Most planned minutes that a confirmation may look at.</summary>
    public const int MostMinutes = 30;

    /// <summary>Nothing was chosen.</summary>
    public static AlertSettings Usual { get; } = new();

    /// <summary>Down minutes that make an outage, 1 to <see cref="OutOf"/>; null: 2 of 3, of a server that one region looks at 3 of 4.</summary>
    public int? Confirm { get; init; }

    /// <summary>Of how many planned minutes in a row, 1 to 30; null with <see cref="Confirm"/> alone.</summary>
    public int? OutOf { get; init; }

    /// <summary>Planned minutes in a row that are not down and end an outage, 1 to 30; null: 2.</summary>
    public int? Recover { get; init; }

    /// <summary>By the word of a kind, 1 (wakes somebody) to 4 (is only written down).</summary>
    public IReadOnlyDictionary<string, int> Severity { get; init; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Words of kinds that open nothing, besides those that are off unless told.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>Words of kinds that are off unless told, and are wanted.</summary>
    public IReadOnlyList<string> On { get; init; } = [];
}
