using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>Who may do what with the columns that hold secrets or the hashes of tokens, as it was decided, and what the database really grants.</summary>
internal static class SecretGrants
{
    /// <summary>Role, column and what it may do, in one line each; whoever is not here may do nothing.</summary>
    public static readonly string[] Decided =
    [
        "alivemcp_app INSERT tenancy.data_key.wrapped",
        "alivemcp_app INSERT tenancy.secret.sealed",
        "alivemcp_app INSERT tenancy.thing_secret.sealed",
        "alivemcp_app SELECT tenancy.data_key.wrapped",
        "alivemcp_app UPDATE tenancy.secret.sealed",
        "alivemcp_app UPDATE tenancy.thing_secret.sealed",
        "alivemcp_worker INSERT collector.desk_key.key",
        "alivemcp_worker INSERT tenancy.data_key.wrapped",
        "alivemcp_worker INSERT tenancy.secret.sealed",
        "alivemcp_worker INSERT tenancy.thing_secret.sealed",
        "alivemcp_worker SELECT collector.desk_key.key",
        "alivemcp_worker SELECT tenancy.data_key.wrapped",
        "alivemcp_worker SELECT tenancy.secret.sealed",
        "alivemcp_worker SELECT tenancy.thing_secret.sealed",
        "alivemcp_worker UPDATE tenancy.data_key.wrapped",
        "alivemcp_worker UPDATE tenancy.secret.sealed",
        "alivemcp_worker UPDATE tenancy.thing_secret.sealed",
    ];

    // Every role but superusers, the owner, and those that Postgres itself brings.
    private const string Real = """
        SELECT format('%s %s %s.%s.%s', r.rolname, p.name, n.nspname, c.relname, a.attname)
        FROM (VALUES ('tenancy.secret', 'sealed'), ('tenancy.thing_secret', 'sealed'), ('tenancy.data_key', 'wrapped'), ('collector.desk_key', 'key'),
                ('tenancy.seal_key', 'key'), ('tenancy.seal_key', 'wrapped')) AS kept (relation, attname)
            JOIN pg_class AS c ON c.oid = to_regclass(kept.relation) JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = kept.attname
            CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p (name)
            CROSS JOIN pg_roles AS r
        WHERE NOT r.rolsuper AND r.rolname NOT LIKE 'pg\_%' AND NOT pg_has_role(r.oid, 'alivemcp_owner', 'MEMBER')
            AND has_column_privilege(r.oid, c.oid, a.attnum, p.name)
        """;

    /// <summary>Every line that is granted and was not decided, or was decided and is not granted to the house's own roles.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var real = (
            await connection.QueryAsync<string>(new CommandDefinition(Real, cancellationToken: cancellationToken))
        ).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. real.Except(Decided, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(grant => $"granted and not decided: {grant}"),
            .. Decided.Except(real, StringComparer.Ordinal).Select(grant => $"decided and not granted: {grant}"),
        ];
    }
}
