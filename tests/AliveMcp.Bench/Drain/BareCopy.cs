using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AliveMcp.Bench.Drain;

/// <summary>What nobody can do without: the same rows, at hand in memory, by one binary COPY of the driver.</summary>
internal static class BareCopy
{
    private const string Columns = "minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed";

    /// <summary>A minute's rows, as another minute's.</summary>
    public static async Task<IReadOnlyList<CopiedRow>> ReadAsync(
        NpgsqlDataSource door,
        MinuteStamp from,
        MinuteStamp to
    )
    {
        const string sql = """
            SELECT @to AS Minute, server_id AS Server, tenant_id AS Tenant, latency_ms AS Latency, state AS State, why AS Why,
                weight AS Weight, maintenance AS Maintenance, packed AS Packed
            FROM archive.verdict_minute WHERE minute = @from ORDER BY server_id
            """;
        await using var connection = await door.OpenConnectionAsync();
        return (await connection.QueryAsync<CopiedRow>(sql, new { from = from.Value, to = to.Value })).AsList();
    }

    /// <summary>Rows a second.</summary>
    public static async Task<double> RateAsync(NpgsqlDataSource door, IReadOnlyList<CopiedRow> rows)
    {
        await using var connection = await door.OpenConnectionAsync();
        var began = TimeProvider.System.GetTimestamp();
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                $"COPY archive.verdict_minute ({Columns}) FROM STDIN (FORMAT BINARY)"
            )
        )
        {
            foreach (var row in rows)
            {
                Write(copy, row);
            }

            await copy.CompleteAsync();
        }

        return rows.Count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static void Write(NpgsqlBinaryImporter copy, CopiedRow row)
    {
        copy.StartRow();
        copy.Write(row.Minute, NpgsqlDbType.Integer);
        copy.Write(row.Server, NpgsqlDbType.Integer);
        copy.Write(row.Tenant, NpgsqlDbType.Integer);
        copy.Write(row.Latency, NpgsqlDbType.Integer);
        copy.Write(row.State, NpgsqlDbType.Smallint);
        copy.Write(row.Why, NpgsqlDbType.Smallint);
        copy.Write(row.Weight, NpgsqlDbType.Smallint);
        copy.Write(row.Maintenance, NpgsqlDbType.Boolean);
        copy.Write(row.Packed, NpgsqlDbType.Bytea);
    }
}

internal sealed record CopiedRow(
    int Minute,
    int Server,
    int Tenant,
    int Latency,
    short State,
    short Why,
    short Weight,
    bool Maintenance,
    byte[] Packed
);
