using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Alerts;

/// <summary>Credentials of servers of every tenant that end soon, for the loops of the alerter. Of the secrets it knows nothing.</summary>
public static class EndingCredentials
{
    /// <summary>Those of whose end their owners are to be reminded by now, read in the caller's transaction.</summary>
    public static async Task<IReadOnlyList<EndingCredential>> OfAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT server_id AS ServerId, credential_number AS Number, credential_ends AS Ends FROM servers.server
            WHERE credential_warns_at <= @now AND erase_asked_at IS NULL
            """;
        var rows = await connection.QueryAsync<EndingCredential>(
            new CommandDefinition(sql, new { now }, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }
}

/// <summary>A credential that ends soon, or has ended.</summary>
public sealed record EndingCredential
{
    /// <summary>Of which server.</summary>
    public required int ServerId { get; init; }

    /// <summary>Which of those that the server ever had.</summary>
    public required int Number { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>Of which server.</summary>
    public ServerId Server => new(ServerId);
}
