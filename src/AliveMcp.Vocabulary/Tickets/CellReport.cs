namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Body of <c>POST /prober/v1/cells</c>: what a prober's cells did and cost since it told last, and whose had to be killed.</summary>
/// <param name="Prober">Name of the prober, unique in its region.</param>
public sealed record CellReport(string Prober)
{
    /// <summary>Most rows, and most tenants, of one report.</summary>
    public const int Most = 200;

    /// <summary>Version of this record on the wire.</summary>
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyList<CellLine> Cells
    {
        get;
        init => field = value ?? field;
    } = [];

    /// <summary>Tenants whose cells had to be killed within the last hour.</summary>
    public IReadOnlyList<CellKills> Kills
    {
        get;
        init => field = value ?? field;
    } = [];
}

/// <summary>What one cell did and cost in at most a minute, or up to its end.</summary>
public sealed record CellLine
{
    /// <summary><c>shared</c> or <c>isolated</c>.</summary>
    public required string Lane { get; init; }

    /// <summary>The one tenant of an isolated cell; null for a shared one.</summary>
    public int? Tenant { get; init; }

    /// <summary><c>runs</c>, <c>stopped</c>, <c>handed_over</c>, <c>wall_clock</c>, <c>garbage</c>, <c>out_of_memory</c> or <c>crashed</c>.</summary>
    public required string End { get; init; }

    /// <summary>Null while it runs; 137 for a kill.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Orders that it was given.</summary>
    public int Orders { get; init; }

    /// <summary>Without an answer yet; at a cell's end, lost.</summary>
    public int Open { get; init; }

    /// <summary>Processor time.</summary>
    public TimeSpan Cpu { get; init; }

    /// <summary>Largest resident memory seen, bytes.</summary>
    public long Rss { get; init; }

    public TimeSpan Wall { get; init; }

    /// <summary>Received from strangers.</summary>
    public long Bytes { get; init; }
}

/// <param name="Tenant">Whose cells.</param>
/// <param name="Kills">How many had to be killed within the last hour.</param>
/// <param name="Throttled">Each of its servers is looked at once in five minutes for that.</param>
public sealed record CellKills(int Tenant, int Kills, bool Throttled = false);
