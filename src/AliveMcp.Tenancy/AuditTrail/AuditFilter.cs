namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Which rows of a chain. Every member that is null leaves all through.</summary>
public sealed record AuditFilter
{
    /// <summary>The earliest.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant after them.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Who, by the opaque id of <see cref="AuditLine.Person"/>.</summary>
    public string? Person { get; init; }

    /// <summary>By which key.</summary>
    public int? Key { get; init; }

    /// <summary>Whole, for example <c>server.paused</c>, or its beginning up to the dot: <c>server</c>.</summary>
    public string? Action { get; init; }

    public string? TargetKind { get; init; }

    public string? Target { get; init; }

    /// <summary>Rows older than this number: where the last page ended.</summary>
    public long? Before { get; init; }

    /// <summary>Size of the page, 1 to 1,000. Default 100.</summary>
    public int Take { get; init; } = 100;
}

/// <summary>Rows, the newest first.</summary>
/// <param name="Rows">At most as many as were asked for.</param>
/// <param name="Next">For <see cref="AuditFilter.Before"/>; null: this was the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Rows, long? Next);
