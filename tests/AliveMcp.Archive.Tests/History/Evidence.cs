using System.IO.Compression;
using System.Text;
using Dapper;

namespace AliveMcp.Archive.Tests.History;

/// <summary>Evidence as a prober packs it, of server 1001, which is also given an owner's row.</summary>
internal static class Evidence
{
    public static async Task<long> KeepAsync(ToldHistory told, string json)
    {
        using var bytes = new MemoryStream();
        await using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(json));
        }

        await using var connection = await told.Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late, detail, body)
            VALUES (2, 1001, 30600000, 'local', 3, 3, false, E'It said \u202e', @body) RETURNING evidence_id
            """,
            new { body = bytes.ToArray() }
        );
    }
}
