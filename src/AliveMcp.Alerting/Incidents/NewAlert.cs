using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>One thing to tell; <see cref="ToldKey"/> makes it the same when it is found again.</summary>
internal sealed record NewAlert
{
    public required ServerKey Server { get; init; }

    /// <summary>Null: of no incident.</summary>
    public long? Incident { get; init; }

    public required AlertType Type { get; init; }

    public required AlertKind Kind { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>At most 120 characters.</summary>
    public required string ToldKey { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required AlertMessage Message { get; init; }
}
