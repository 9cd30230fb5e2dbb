namespace AliveMcp.Vocabulary.Tickets;

/// <summary>How lanes are spelled in messages, keys and metrics.</summary>
public static class LaneWords
{
    public static string Name(Lane lane) =>
        lane switch
        {
            Lane.Shared => "shared",
            Lane.Isolated => "isolated",
            Lane.Now => "now",
            _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "Not a lane."),
        };

    public static bool TryParse(string? name, out Lane lane)
    {
        (lane, var known) = name switch
        {
            "shared" => (Lane.Shared, true),
            "isolated" => (Lane.Isolated, true),
            "now" => (Lane.Now, true),
            _ => (default, false),
        };
        return known;
    }
}
