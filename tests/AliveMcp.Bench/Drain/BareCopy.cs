using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AliveMcp.Bench.Drain;

/// <summary>What nobody can do without: the same rows, at hand in memory, by one binary COPY of the driver.</summary>
internal static class BareCopy
{
    private const string Columns = "minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed";

    /// <summary>Copies a minute's rows once more as another minute's; rows a second.</summary>
    public static async Task<double> RateAsync(NpgsqlDataSource door, MinuteStamp from, MinuteStamp to)
    {
        await using var connection = await door.OpenConnectionAsync();
        var rows = (
            await connection.QueryAsync<Row>(
                $"SELECT {to.Value} AS Minute, server_id AS Server, tenant_id AS Tenant, latency_ms AS Latency, state, why, weight, maintenance, packed FROM archive.verdict_minute WHERE minute = @from ORDER BY server_id",
                new { from = from.Value }
            )
        ).AsList();
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

    private static void Write(NpgsqlBinaryImporter copy, Row row)
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

    private sealed record Row(
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
}
