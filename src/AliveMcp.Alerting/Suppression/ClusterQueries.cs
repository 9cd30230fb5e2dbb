using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Suppression;

/// <summary>What everybody may know of clusters: a cause is named, and its servers counted, only where at least three public ones have it.</summary>
public sealed class ClusterQueries(PostgresDoors doors)
{
    private const string Public = """
        SELECT cause AS Cause, opened_at AS OpenedAt, closed_at AS ClosedAt, public_servers AS Servers FROM alerting.cluster
        WHERE public_servers >= 3 OR cause LIKE 'region:%' ORDER BY cluster_id DESC LIMIT @take
        """;

    /// <summary>The newest clusters, ended ones included.</summary>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<PublicCluster>> NewestAsync(int take, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(Public, new { take }, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToPublic())];
    }

    private sealed record Row(string Cause, DateTime OpenedAt, DateTime? ClosedAt, int Servers)
    {
        public PublicCluster ToPublic() =>
            new(
                Causes.Shown(Cause),
                Causes.IsRegion(Cause),
                new DateTimeOffset(OpenedAt),
                ClosedAt is { } closed ? new DateTimeOffset(closed) : null,
                Servers
            );
    }
}

/// <summary>Failures of many with one cause, as everybody may know it.</summary>
/// <param name="Behind">What they have in common, for people.</param>
/// <param name="IsOurs">It is a region of ours: no server's fault.</param>
/// <param name="OpenedAt">When it was seen.</param>
/// <param name="ClosedAt">Null: it goes on.</param>
/// <param name="Servers">How many public ones.</param>
public sealed record PublicCluster(
    string Behind,
    bool IsOurs,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    int Servers
);
