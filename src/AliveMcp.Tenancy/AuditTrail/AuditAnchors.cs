using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>
/// Writes down, now and then, which row is the last of every chain, and signs it (HMAC-SHA256) with a key of the vault: whoever holds the
/// database alone cannot forge it. Without a key provider nothing is written down.
/// </summary>
public sealed class AuditAnchors
{
    private const string Purpose = "audit_anchor";
    private readonly PostgresDoors _doors;
    private readonly SecretVault _vault;
    private readonly TimeProvider _clock;

    internal AuditAnchors(PostgresDoors doors, SecretVault vault, TimeProvider clock) =>
        (_doors, _vault, _clock) = (doors, vault, clock);

    /// <summary>Anchors every chain that has grown since its last anchor.</summary>
    /// <returns>How many, and a SHA-256 over all of them for a log that is kept elsewhere; null without a key.</returns>
    public async Task<(int Chains, string Digest)?> WriteAsync(CancellationToken cancellationToken)
    {
        if (!_vault.IsReady)
        {
            return null;
        }

        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var key = await KeyAsync(transaction, cancellationToken);
        const string grown = """
            SELECT tenant_id AS Tenant, seq AS Seq, hash AS Hash FROM storage.audit_head AS head
            WHERE seq > 0 AND NOT EXISTS (
                SELECT FROM storage.audit_anchor AS anchor WHERE anchor.tenant_id = head.tenant_id AND anchor.seq >= head.seq)
            ORDER BY tenant_id
            """;
        var heads = (await connection.QueryAsync<Row>(grown, transaction: transaction)).AsList();
        var at = _clock.GetUtcNow();
        const string add = """
            INSERT INTO storage.audit_anchor (tenant_id, seq, hash, at, mac) VALUES (@Tenant, @Seq, @Hash, @at, @mac)
            ON CONFLICT DO NOTHING
            """;
        foreach (var head in heads)
        {
            var mac = HMACSHA256.HashData(key, head.Text);
            await connection.ExecuteAsync(
                add,
                new
                {
                    head.Tenant,
                    head.Seq,
                    head.Hash,
                    at,
                    mac,
                },
                transaction
            );
        }

        await transaction.CommitAsync(cancellationToken);
        var digest = SHA256.HashData([.. heads.SelectMany(head => head.Text)]);
        return (heads.Count, Convert.ToHexStringLower(digest));
    }

    /// <summary>The anchors of a chain.</summary>
    /// <returns>Null for <c>Anchors</c> when one of them is forged; without a key they are taken as they stand.</returns>
    internal async Task<(IReadOnlyList<ChainAnchor> Anchors, long? Forged)> OfAsync(
        NpgsqlConnection connection,
        TenantId chain,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT tenant_id AS Tenant, seq AS Seq, hash AS Hash, mac AS Mac FROM storage.audit_anchor
            WHERE tenant_id = @chain ORDER BY seq
            """;
        var rows = (
            await connection.QueryAsync<Row>(
                new CommandDefinition(sql, new { chain = chain.Value }, cancellationToken: cancellationToken)
            )
        ).AsList();
        var key = rows.Count > 0 && _vault.IsReady ? await FindKeyAsync(cancellationToken) : null;
        var forged = key is null
            ? null
            : rows.Find(row => !CryptographicOperations.FixedTimeEquals(row.Mac, HMACSHA256.HashData(key, row.Text)));
        return ([.. rows.Select(row => new ChainAnchor(row.Seq, Convert.ToHexStringLower(row.Hash)))], forged?.Seq);
    }

    private async Task<byte[]?> FindKeyAsync(CancellationToken cancellationToken)
    {
        var place = SecretPlace.OfInstall(Purpose);
        var found = await _vault.OpenAsync([place.Server], Purpose, cancellationToken);
        return found.GetValueOrDefault(place.Server);
    }

    private async Task<byte[]> KeyAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (await FindKeyAsync(cancellationToken) is { } known)
        {
            return known;
        }

        // Two at once would each sign with a key of their own: the second waits for the first, and looks again.
        await transaction.Connection!.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(hashtext('storage.audit_anchor'))",
            transaction: transaction
        );
        if (await FindKeyAsync(cancellationToken) is { } others)
        {
            return others;
        }

        var key = RandomNumberGenerator.GetBytes(32);
        var place = SecretPlace.OfInstall(Purpose);
        await _vault.PutAsync(transaction, place, key, _clock.GetUtcNow(), cancellationToken);
        return key;
    }

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public long Seq { get; init; }

        public byte[] Hash { get; init; } = [];

        public byte[] Mac { get; init; } = [];

        public byte[] Text =>
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Tenant}|{Seq}|{Convert.ToHexStringLower(Hash)}\n")
            );
    }
}
