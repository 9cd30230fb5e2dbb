using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Install;

/// <summary>Registers a great many servers at once. A server's number is the path of its URL.</summary>
internal sealed class Census(string postgres)
{
    /// <summary>A customer of their own.</summary>
    public async Task<TenantId> AddTenantAsync(int number)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (@number, 't-' || @number, 'Tenant', 'self_hosted')",
            new { number }
        );
        return new TenantId(number);
    }

    public async Task AddAsync(Plot plot, int port, int from, int count, TenantId tenant, int quorum)
    {
        const string sql = """
            INSERT INTO servers.server (server_id, tenant_id, slug, name, url, canonical_url, origin, visibility,
                weight, quorum, managed_by, created_at)
            OVERRIDING SYSTEM VALUE
            SELECT id, @tenant, 's-' || id, 'Server ' || id, url, url, regexp_replace(url, '/[0-9]+$', ''), 0,
                1, @quorum, 'drill', now()
            FROM unnest(@ids, @urls) AS town(id, url)
            """;
        var ids = Enumerable.Range(from, count).ToArray();
        var urls = ids.Select(id => plot.Url(id, port)).ToArray();
        await using var connection = new NpgsqlConnection(postgres);
        var values = new
        {
            ids,
            urls,
            tenant = tenant.Value,
            quorum = (short)quorum,
        };
        await connection.ExecuteAsync(sql, values);
    }
}
