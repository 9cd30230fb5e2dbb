using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What a cell did and cost from one row to the next: at most a minute, or to its end.</summary>
internal sealed record CellRow
{
    public required CellOwner Owner { get; init; }

    public required int Pid { get; init; }

    /// <summary>Orders that it was given.</summary>
    public required int Orders { get; init; }

    /// <summary>Of these and earlier ones without an answer yet; at the end of a cell, lost.</summary>
    public required int Open { get; init; }

    /// <summary>Processor time, as of the last look at it: what it used in its last second may be missing.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Largest resident memory seen, bytes.</summary>
    public required long Rss { get; init; }

    public required TimeSpan Wall { get; init; }

    /// <summary>Received from strangers, as the tries report.</summary>
    public required long Bytes { get; init; }

    public required CellEnd End { get; init; }

    /// <summary>Null while it runs; 137 for a kill.</summary>
    public int? ExitCode { get; init; }

    /// <summary>As the desk is told.</summary>
    public CellLine ToLine() =>
        new()
        {
            Lane = LaneWords.Name(Owner.Lane),
            Tenant = Owner.Tenant?.Value,
            End = CellEndWords.Name(End),
            ExitCode = ExitCode,
            Orders = Orders,
            Open = Open,
            Cpu = Cpu,
            Rss = Rss,
            Wall = Wall,
            Bytes = Bytes,
        };

    /// <summary>As it stands in the log.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Fields() =>
        [
            new("Pid", Pid),
            new("Owner", Owner.ToString()),
            new("End", CellEndWords.Name(End)),
            new("ExitCode", ExitCode),
            new("Orders", Orders),
            new("Open", Open),
            new("CpuMs", (long)Cpu.TotalMilliseconds),
            new("RssKiB", Rss / 1024),
            new("WallMs", (long)Wall.TotalMilliseconds),
            new("Bytes", Bytes),
        ];
}
