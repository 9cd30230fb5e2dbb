using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Schedule;

/// <summary>Reads for some servers what <c>collector.server_memory</c> says to the planner: for most the rows that say anything, which are few.</summary>
internal sealed class PlanFactsTable(PostgresDoors postgres)
{
    /// <summary>Facts by server; whoever is missing has none. A memory of another URL is none.</summary>
    /// <param name="page">The servers.</param>
    /// <param name="whole">Those of them whose every fact is wanted.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyDictionary<ServerId, PlanFacts>> OfAsync(
        IReadOnlyList<WatchedServer> page,
        int[] whole,
        CancellationToken cancellationToken
    )
    {
        if (page.Count == 0)
        {
            return new Dictionary<ServerId, PlanFacts>();
        }

        const string sql = """
            SELECT server_id, url, backoff_until, backoff_minutes, delete_refused, issues_sessions, expected_access,
                coalesce(tool_count, 0) > 0 AS has_tools
            FROM collector.server_memory
            WHERE server_id BETWEEN @first AND @last
                AND (backoff_until IS NOT NULL OR delete_refused OR issues_sessions OR server_id = ANY(@whole))
            """;
        var urls = page.ToDictionary(server => server.Key.Server, server => server.Url);
        var range = new
        {
            first = page.Min(server => server.Key.Server.Value),
            last = page.Max(server => server.Key.Server.Value),
            whole,
        };
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, range, cancellationToken: cancellationToken)
        );
        return rows.Where(row => urls.GetValueOrDefault(new ServerId(row.server_id)) == row.url)
            .ToDictionary(row => new ServerId(row.server_id), row => row.ToFacts());
    }

    // Spelled as the columns are, so that Dapper needs no map.
    private sealed record Row(
        int server_id,
        string url,
        DateTime? backoff_until,
        short backoff_minutes,
        bool delete_refused,
        bool issues_sessions,
        short expected_access,
        bool has_tools
    )
    {
        public PlanFacts ToFacts() =>
            new(
                backoff_until is { } until ? new DateTimeOffset(until, TimeSpan.Zero) : null,
                backoff_minutes,
                delete_refused,
                issues_sessions,
                (Access)expected_access,
                has_tools
            );
    }
}
