using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using Dapper;

namespace AliveMcp.Tenancy.Isolation;

/// <summary>
/// Looks, in the live database and as the web role, whether tenants are still kept apart: who has no tenant reads nothing, every table
/// of theirs has row security that binds even its owner, and nobody may read more of the secrets than was decided.
/// </summary>
public sealed class IsolationWatch(PostgresDoors doors)
{
    /// <summary>Everybody may read these; the reason stands beside the table in its migration.</summary>
    private static readonly string[] ReadByAll = ["servers.public_listing"];

    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) AS Name, c.relrowsecurity AND c.relforcerowsecurity AS Kept,
            has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT') AS Readable
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        ORDER BY 1
        """;

    private const string Free = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";

    /// <summary>What was found at the last look; empty: nothing, or nobody has looked yet.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Looks now.</summary>
    /// <returns>What is wrong, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken)
    {
        await using var app = await doors.App.OpenConnectionAsync(cancellationToken);
        var faults = new List<string>();
        if (await app.ExecuteScalarAsync<bool>(Free))
        {
            faults.Add("row security does not bind the web role");
        }

        foreach (var (name, isKept, isReadable) in await app.QueryAsync<(string, bool, bool)>(Tables))
        {
            if (!isReadable)
            {
                continue;
            }

            if (!isKept)
            {
                faults.Add($"{name} has no row security that binds its owner");
            }

            // The name is the catalogue's own, quoted by it. Rows that are nobody's may be everybody's.
            var sql = $"SELECT EXISTS (SELECT FROM {name} WHERE tenant_id IS NOT NULL)";
            if (!ReadByAll.Contains(name) && await app.ExecuteScalarAsync<bool>(sql))
            {
                faults.Add($"{name} is read without a tenant");
            }
        }

        faults.AddRange(await SecretGrants.FaultsAsync(app, cancellationToken));
        Faults = faults;
        return faults;
    }
}
