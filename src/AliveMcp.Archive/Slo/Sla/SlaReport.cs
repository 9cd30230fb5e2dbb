namespace AliveMcp.Archive.Slo.Sla;

/// <summary>What was promised and what was, for one tenant's servers and one UTC month.</summary>
public sealed record SlaReport
{
    /// <summary>Which month.</summary>
    public required SlaMonth Month { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The month is over and all of it is sealed: the figures change no more, unless a late minute comes to light.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>By their slugs.</summary>
    public required IReadOnlyList<SlaServer> Servers { get; init; }

    /// <summary>Servers of which the promise was kept.</summary>
    public int Kept => Servers.Count(server => server.IsKept == true);

    /// <summary>Servers of which it was not.</summary>
    public int Broken => Servers.Count(server => server.IsKept == false);

    /// <summary>Servers without a counted minute.</summary>
    public int WithoutData => Servers.Count(server => server.IsKept is null);
}
