using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Storage.Install;

/// <summary>The number that tells this install from every other one, for as long as its database lives; a restored copy has it too.</summary>
public sealed class InstallNumber(PostgresDoors doors)
{
    private Guid? _known;

    /// <summary>Read once.</summary>
    public async ValueTask<Guid> ReadAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known;
        }

        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        var read = await connection.QuerySingleAsync<Guid>(
            new CommandDefinition("SELECT id FROM storage.install", cancellationToken: cancellationToken)
        );
        _known = read;
        return read;
    }
}
