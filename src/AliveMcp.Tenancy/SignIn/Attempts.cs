using System.Security.Cryptography;
using System.Text;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using Dapper;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Counts tries in Postgres, so that all web processes together count to one limit.</summary>
public sealed class Attempts(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Counts one try and tells whether it is still within the limit.</summary>
    /// <param name="limit">How many in which time.</param>
    /// <param name="whom">An address of the network, a mail address, a person: kept as a hash only.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    public async Task<bool> MayAsync(AttemptLimit limit, string whom, CancellationToken cancellationToken)
    {
        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT tenancy.count_attempt(@bucket, @most, @window, @at)",
                new
                {
                    bucket = SHA256.HashData(Encoding.UTF8.GetBytes($"{limit.Name}|{whom}")),
                    most = limit.Most,
                    window = limit.Window,
                    at = clock.GetUtcNow(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>What a letter's token is looked up by.</summary>
    /// <returns>Null: it cannot be one of ours, or its bearer has tried too many.</returns>
    public async Task<byte[]?> HashOfAsync(string? token, Visitor visitor, CancellationToken cancellationToken) =>
        SecretToken.TryHash(token) is { } hash
        && await MayAsync(AttemptLimit.TokensFromAddress, visitor.Network, cancellationToken)
            ? hash
            : null;
}
