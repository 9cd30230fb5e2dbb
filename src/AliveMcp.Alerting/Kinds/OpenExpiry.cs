using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Kinds;

/// <summary>An open incident about something that ends by itself.</summary>
internal sealed record OpenExpiry
{
    public required int ServerId { get; init; }

    /// <summary>Its <c>confirmed_in</c>: the minute in which a certificate ends; the number of a credential below zero.</summary>
    public required int Name { get; init; }

    /// <summary>When it began to be told.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public MinuteStamp StartedIn => MinuteStamp.Of(StartedAt);

    public static async Task<Dictionary<ServerId, OpenExpiry>> OfAsync(
        NpgsqlTransaction transaction,
        AlertKind kind,
        CancellationToken cancellationToken
    )
    {
        // A credential that is refused is of the same kind, and named by a minute.
        const string sql = """
            SELECT server_id AS ServerId, confirmed_in AS Name, started_at AS StartedAt FROM alerting.incident
            WHERE kind = @kind AND state <> 'resolved' AND (kind <> @credential OR confirmed_in < 0)
            """;
        var values = new { kind = (short)kind, credential = (short)AlertKind.Credential };
        var rows = await transaction.Connection!.QueryAsync<OpenExpiry>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new ServerId(row.ServerId));
    }
}
