using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Reads and writes bundles in the router's transaction, under the locks of their tenants.</summary>
internal sealed class BundleStore(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    /// <summary>What began longer ago has another cause.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    private const string FailuresOf = """
        SELECT tenant_id AS TenantId, server_id AS ServerId, minute AS Minute, failure_reason AS Reason,
            CASE WHEN cardinality(failed_regions) = 1 AND cardinality(asked_regions) > 1 THEN failed_regions[1] END AS OnlyRegion
        FROM alerting.first_bad
        WHERE minute > @sinceMinute AND tenant_id = ANY (@tenants)
        """;

    private const string IncidentsOf = """
        SELECT tenant_id AS TenantId, server_id AS ServerId, incident_id AS IncidentId FROM alerting.incident
        WHERE tenant_id = ANY (@tenants) AND state <> 'resolved' AND kind IN (1, 3) AND started_at > @since ORDER BY incident_id
        """;

    private const string ClustersOpen =
        "SELECT cause AS Cause, cluster_id AS Id FROM alerting.cluster WHERE closed_at IS NULL";

    private const string OriginsOf =
        "SELECT server_id AS ServerId, causes AS Causes FROM alerting.origin WHERE server_id = ANY (@of)";

    private const string NamesOf = """
        SELECT DISTINCT s.server_id AS ServerId, s.name AS Name
        FROM alerting.origin AS o CROSS JOIN LATERAL unnest(o.needs) AS need
        JOIN servers.server AS s ON s.server_id = need AND s.tenant_id = o.tenant_id
        WHERE o.server_id = ANY (@of)
        """;

    private const string MembersOf = """
        SELECT b.bundle_id AS BundleId, b.tenant_id AS TenantId, b.cause AS Cause, b.cluster_id AS ClusterId,
            b.lead_incident AS Lead, b.dedup_key AS DedupKey, b.told_count AS ToldCount, m.incident_id AS IncidentId,
            m.server_id AS ServerId, m.is_over AS IsOver
        FROM alerting.bundle AS b JOIN alerting.bundle_member AS m USING (bundle_id)
        WHERE b.tenant_id = ANY (@tenants) AND b.resolved_at IS NULL
        """;

    /// <param name="tenants">Whose locks are held.</param>
    /// <param name="servers">Those that alerts in hand are about.</param>
    /// <param name="now">What is late is counted from here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BundleBook> ReadAsync(
        IReadOnlyCollection<int> tenants,
        IReadOnlyCollection<int> servers,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var since = now - Lately;
        var values = new
        {
            tenants = tenants.ToArray(),
            since,
            sinceMinute = (int)(since.ToUnixTimeSeconds() / 60),
        };
        var failures = await ListAsync<LateFailure>(FailuresOf, values, cancellationToken);
        var incidents = await ListAsync<LateIncident>(IncidentsOf, values, cancellationToken);
        var clusters = await ListAsync<(string Cause, long Id)>(ClustersOpen, values, cancellationToken);
        int[] of =
        [
            .. servers,
            .. failures.Select(failure => failure.ServerId),
            .. incidents.Select(incident => incident.ServerId),
        ];
        var origins = await ListAsync<OriginRow>(OriginsOf, new { of }, cancellationToken);
        var names = await ListAsync<(int ServerId, string Name)>(NamesOf, new { of }, cancellationToken);
        var book = new BundleBook
        {
            Failures = failures,
            Incidents = incidents,
            Clusters = clusters.ToDictionary(row => row.Cause, row => row.Id, StringComparer.Ordinal),
            Names = names.ToDictionary(row => row.ServerId, row => row.Name),
            CausesOf = origins.ToDictionary(row => row.ServerId, row => (IReadOnlyList<string>)row.Causes),
        };
        var members = await ListAsync<MemberRow>(MembersOf, values, cancellationToken);
        foreach (var group in members.GroupBy(row => row.BundleId))
        {
            book.Load(group.First().ToBundle(group));
        }

        return book;
    }

    private async Task<List<T>> ListAsync<T>(string sql, object values, CancellationToken cancellationToken) =>
        [
            .. await connection.QueryAsync<T>(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
            ),
        ];

    /// <summary>Rows are as many as bundles changed; members of one bundle travel together.</summary>
    public async Task WriteAsync(BundleBook book, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var bundle in book.Bundles.Where(bundle => bundle.IsChanged))
        {
            var values = new
            {
                bundle.BundleId,
                bundle.TenantId,
                bundle.Cause,
                bundle.ClusterId,
                bundle.Lead,
                bundle.DedupKey,
                bundle.ToldCount,
                now,
                resolvedAt = bundle.IsOver ? now : (DateTimeOffset?)null,
                incidents = bundle.Members.Keys.ToArray(),
                overs = bundle.Members.Values.ToArray(),
            };
            await connection.ExecuteAsync(
                new CommandDefinition(
                    """
                    INSERT INTO alerting.bundle (bundle_id, tenant_id, cause, cluster_id, lead_incident, dedup_key, told_count, opened_at, resolved_at)
                    VALUES (@BundleId, @TenantId, @Cause, @ClusterId, @Lead, @DedupKey, @ToldCount, @now, @resolvedAt)
                    ON CONFLICT (bundle_id) DO UPDATE SET told_count = @ToldCount, resolved_at = @resolvedAt;
                    INSERT INTO alerting.bundle_member (tenant_id, server_id, bundle_id, incident_id, is_over)
                    SELECT i.tenant_id, i.server_id, @BundleId, i.incident_id, m.is_over
                    FROM unnest(@incidents, @overs) AS m (incident_id, is_over) JOIN alerting.incident AS i USING (incident_id)
                    ON CONFLICT (bundle_id, incident_id) DO UPDATE SET is_over = excluded.is_over
                    """,
                    values,
                    transaction,
                    cancellationToken: cancellationToken
                )
            );
        }
    }

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class OriginRow
    {
        public int ServerId { get; init; }
        public string[] Causes { get; init; } = [];
    }

    private sealed record MemberRow(
        Guid BundleId,
        int TenantId,
        string Cause,
        long? ClusterId,
        long Lead,
        string DedupKey,
        int ToldCount,
        long IncidentId,
        int ServerId,
        bool IsOver
    )
    {
        public Bundle ToBundle(IEnumerable<MemberRow> members)
        {
            var bundle = new Bundle
            {
                BundleId = BundleId,
                TenantId = TenantId,
                Cause = Cause,
                ClusterId = ClusterId,
                Lead = Lead,
                DedupKey = DedupKey,
                ToldCount = ToldCount,
                IsNew = false,
            };
            foreach (var member in members)
            {
                bundle.Join(member.IncidentId, member.ServerId, member.IsOver);
            }

            return bundle;
        }
    }
}
