namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>One row of the trail as the API shows it. Names, addresses and reasons are people's words: data, never markup.</summary>
internal sealed record AuditLine
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Layer { get; init; }

    /// <summary>Opaque; left out when nobody was signed in.</summary>
    public string? Person { get; init; }

    public int? Key { get; init; }

    public required string Action { get; init; }

    public required string TargetKind { get; init; }

    public required string Target { get; init; }

    public string? Why { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Hash of the row before.</summary>
    public required string Prev { get; init; }

    public required string Hash { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public static AuditLine Of(AuditRow row) =>
        new()
        {
            Seq = row.Seq,
            At = row.At,
            Layer = row.Layer,
            Person = row.Person,
            Key = row.Key,
            Action = row.Action,
            TargetKind = row.TargetKind,
            Target = row.Target,
            Why = row.Why,
            Before = row.Before,
            After = row.After,
            Prev = row.Prev,
            Hash = row.Hash,
            Name = row.Name,
            Email = row.Email,
            Address = row.Address,
            UserAgent = row.UserAgent,
        };
}
