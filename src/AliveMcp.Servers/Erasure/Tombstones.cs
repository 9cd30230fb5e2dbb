using System.Text.Json;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Servers.Erasure;

/// <summary>
/// Carries stones from one copy of the database to another. A copy that is restored knows nothing of what was erased after it was taken:
/// the stones, kept apart from it, are replayed before it serves anybody.
/// </summary>
public sealed class Tombstones(PostgresDoors doors, TenantEraser tenants, ServerEraser servers)
{
    /// <summary>Every stone, one line of JSON each, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT tenant_id AS Tenant, server_id AS Server, asked_by AS AskedBy, buried_at AS At FROM erasure.tombstone
            UNION ALL SELECT tenant_id, NULL, asked_by, buried_at FROM erasure.tenant_tombstone
            ORDER BY 4, 1, 2
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Tenant, int? Server, string AskedBy, DateTime At)>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        return
        [
            .. rows.Select(row => new Stone(1, row.Tenant, row.Server, row.AskedBy, new DateTimeOffset(row.At)))
                .Select(stone => JsonSerializer.Serialize(stone, OutboxTopic.Json)),
        ];
    }

    /// <summary>Sets the stones of a list and erases what lies under them. May be run again.</summary>
    /// <param name="lines">As <see cref="ListAsync"/> gave them; empty lines are passed over.</param>
    /// <param name="by">Who does it, for the operators' audit trail; null: to a copy that is only looked at.</param>
    /// <param name="cancellationToken">Gives up; what was begun is finished by the loop.</param>
    /// <returns>How many servers and tenants were erased now; the rest was erased before.</returns>
    /// <exception cref="FormatException">A line is no stone; nothing was done.</exception>
    public async Task<int> ReplayAsync(IEnumerable<string> lines, Actor? by, CancellationToken cancellationToken)
    {
        var stones = lines.Where(line => line.Trim().Length > 0).Select(Read).ToList();
        await using (var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            foreach (var stone in stones)
            {
                var sql = stone.ServerId is null
                    ? "SELECT erasure.bury_tenant(@TenantId, @AskedBy)"
                    : "SELECT erasure.replay(@TenantId, @ServerId, @AskedBy, @At)";
                await connection.ExecuteAsync(new CommandDefinition(sql, stone, cancellationToken: cancellationToken));
            }

            if (by is not null)
            {
                var entry = new AuditEntry("erasure.replayed", "stones", $"{stones.Count}");
                await AuditWriter.WriteActAsync(transaction, AuditWriter.OperatorChain, by, entry, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return await servers.RunAsync(cancellationToken) + await tenants.FinishAsync(cancellationToken);
    }

    private static Stone Read(string line)
    {
        try
        {
            var stone = JsonSerializer.Deserialize<Stone>(line, OutboxTopic.Json);
            return
                stone is { V: 1, TenantId: > 0, ServerId: null or > 0, AskedBy.Length: > 0 and <= 200 }
                && stone.At > DateTimeOffset.UnixEpoch
                && (stone.ServerId is not null || !IsOfTheInstall(stone.TenantId))
                ? stone with
                {
                    At = stone.At.ToUniversalTime(),
                }
                : throw new FormatException($"Not a stone: {line}");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"Not a stone: {line}", fault);
        }
    }

    /// <summary>No tenant of the install was ever erased: such a line is a mistake, and nothing of its list is done.</summary>
    private static bool IsOfTheInstall(int tenant) => tenant == TenantId.Public.Value || tenant == TenantId.Local.Value;

    private sealed record Stone(int V, int TenantId, int? ServerId, string AskedBy, DateTimeOffset At);
}
