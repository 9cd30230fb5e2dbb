using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Transactions in the name of a person, and of the tenant that she acts in if she does; null: nobody.</summary>
internal static class PersonSessions
{
    /// <summary>Opens one as the app: her own rows, her memberships and, in a tenant, its rows; nothing of anybody else.</summary>
    public static async Task<TenantSession> OpenAsync(
        this PostgresDoors doors,
        PersonId? person,
        TenantId? tenant,
        CancellationToken cancellationToken
    )
    {
        var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT set_config('app.person_id', $1, true), set_config('app.tenant_id', $2, true)";
            command.Parameters.Add(new() { Value = person?.ToString() ?? "" });
            command.Parameters.Add(new() { Value = tenant?.ToString() ?? "" });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new TenantSession(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
