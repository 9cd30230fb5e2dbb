using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>What the server says of itself and of whom it lets in.</summary>
/// <param name="Major">For example 15.</param>
/// <param name="User">As whom we are here.</param>
/// <param name="SeesAll">Row security does not bind that user.</param>
internal sealed record ServerFacts(int Major, string User, bool SeesAll)
{
    public static async Task<ServerFacts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT current_setting('server_version_num')::integer / 10000, current_user::text, rolsuper OR rolbypassrls
            FROM pg_roles WHERE rolname = current_user
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerFacts(reader.GetInt32(0), reader.GetString(1), reader.GetBoolean(2));
    }

    /// <exception cref="BackupException">Row security would hide rows from a dump.</exception>
    public void RequireAllRows()
    {
        if (!SeesAll)
        {
            throw new BackupException(
                $"The role {User} is bound by row security and would leave rows out. Give ConnectionStrings__Postgres a superuser or a role "
                    + "with BYPASSRLS that may read every table."
            );
        }
    }
}
