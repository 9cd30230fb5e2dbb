using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Retention;

/// <summary>Counts and deletes what goes row by row.</summary>
internal static class RowTable
{
    /// <summary>Rows of one table that go in one round: a round is short, and what is left goes with the next.</summary>
    public const int AtOnce = 10_000;

    public static async Task<IReadOnlyList<RowsOver>> CountAsync(
        NpgsqlConnection connection,
        RowCuts cuts,
        CancellationToken cancellationToken
    )
    {
        var found = new List<RowsOver>();
        foreach (var rule in RowRule.All)
        {
            var sql = $"SELECT count(*) FROM {rule.Surface} AS old WHERE {rule.Where}";
            var rows = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition(sql, cuts.Values, cancellationToken: cancellationToken)
            );
            found.Add(new RowsOver(rule, rows));
        }

        return found;
    }

    public static async Task<IReadOnlyList<KeyValuePair<string, int>>> DeleteAsync(
        NpgsqlConnection connection,
        RowCuts cuts,
        CancellationToken cancellationToken
    )
    {
        var deleted = new List<KeyValuePair<string, int>>();
        foreach (var rule in RowRule.All)
        {
            var sql = $"""
                DELETE FROM {rule.Surface} WHERE ctid = ANY(ARRAY(
                    SELECT old.ctid FROM {rule.Surface} AS old WHERE {rule.Where} LIMIT {AtOnce} FOR UPDATE SKIP LOCKED))
                """;
            var rows = await connection.ExecuteAsync(
                new CommandDefinition(sql, cuts.Values, cancellationToken: cancellationToken)
            );
            deleted.Add(new KeyValuePair<string, int>(rule.Surface, rows));
        }

        return deleted;
    }
}

/// <summary>Where the ages of <see cref="RowAges"/> lie now: minutes, an instant, and each tenant's first minute of drift.</summary>
internal sealed record RowCuts(int Evidence, int Failures, DateTimeOffset Told, int[] Tenants, int[] Drift)
{
    public object Values =>
        new
        {
            evidence = Evidence,
            failures = Failures,
            told = Told,
            tenants = Tenants,
            drift = Drift,
        };
}

/// <summary>How many rows a rule finds.</summary>
internal sealed record RowsOver(RowRule Rule, long Rows);
