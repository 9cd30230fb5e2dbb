using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>What a connection string says of password and encryption, in the variables that <c>pg_dump</c> and <c>pg_restore</c> read. Pure.</summary>
internal static class LibpqWords
{
    public static Dictionary<string, string?> Of(NpgsqlConnectionStringBuilder where)
    {
        var words = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PGPASSWORD"] = where.Password,
            ["PGSSLMODE"] = Mode(where.SslMode),
            ["LC_ALL"] = "C",
        };
        Add("PGSSLROOTCERT", where.RootCertificate);
        Add("PGSSLCERT", where.SslCertificate);
        Add("PGSSLKEY", where.SslKey);
        Add("PGPASSFILE", where.Passfile);
        return words;

        void Add(string name, string? path)
        {
            if (!string.IsNullOrEmpty(path))
            {
                words[name] = path;
            }
        }
    }

    private static string Mode(SslMode mode) =>
        mode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => mode.ToString().ToLowerInvariant(),
        };
}
