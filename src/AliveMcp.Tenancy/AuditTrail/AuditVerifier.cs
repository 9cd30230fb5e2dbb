using System.Globalization;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Walks chains from their first kept row to their last, makes every hash anew and names the first thing that is not as it was written.</summary>
public sealed class AuditVerifier(PostgresDoors doors, AuditAnchors anchors)
{
    private const int PageSize = 1_000;

    private const string Page = $"""
        {AuditSql.Select}
        WHERE link.tenant_id = @chain AND link.seq > @after ORDER BY link.seq, link.at LIMIT @take
        """;

    /// <summary>One chain, or all there are.</summary>
    public async Task<IReadOnlyList<ChainStanding>> VerifyAsync(TenantId? chain, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var standings = new List<ChainStanding>();
        foreach (var ends in await EndsAsync(connection, chain, cancellationToken))
        {
            standings.Add(await WalkAsync(connection, ends, cancellationToken));
        }

        return standings;
    }

    private async Task<ChainStanding> WalkAsync(
        NpgsqlConnection connection,
        ChainEnds ends,
        CancellationToken cancellationToken
    )
    {
        var (known, forged) = await anchors.OfAsync(connection, ends.Chain, cancellationToken);
        if (forged is { } seq)
        {
            var fault = new ChainFault(seq, "anchor", "The anchor of this row was not written by us.");
            return new ChainStanding(ends.Chain, 0, ends.FloorSeq, ends.FloorHash, fault);
        }

        var check = new ChainCheck(ends, known);
        var after = long.MinValue;
        while (true)
        {
            var values = new
            {
                chain = ends.Chain.Value,
                after,
                take = PageSize,
            };
            var rows = (
                await connection.QueryAsync<AuditSql.Row>(
                    new CommandDefinition(Page, values, cancellationToken: cancellationToken)
                )
            ).AsList();
            foreach (var row in rows)
            {
                if (check.Take(row.ToAuditLine()) is { } fault)
                {
                    return Standing(fault);
                }
            }

            if (rows.Count < PageSize)
            {
                return Standing(check.End());
            }

            after = rows[^1].Seq;
        }

        ChainStanding Standing(ChainFault? fault) =>
            new(ends.Chain, check.Good, check.Last.Seq, check.Last.Hash, fault);
    }

    /// <summary>Also chains whose head is gone, by their rows.</summary>
    private static async Task<IReadOnlyList<ChainEnds>> EndsAsync(
        NpgsqlConnection connection,
        TenantId? chain,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT chain.tenant_id AS Tenant, coalesce(head.floor_seq, 0) AS FloorSeq, encode(head.floor_hash, 'hex') AS FloorHash,
                coalesce(head.seq, 0) AS HeadSeq, encode(head.hash, 'hex') AS HeadHash
            FROM (SELECT tenant_id FROM storage.audit_head UNION SELECT DISTINCT tenant_id FROM storage.audit
                UNION SELECT tenant_id FROM storage.audit_anchor) AS chain
                LEFT JOIN storage.audit_head AS head ON head.tenant_id = chain.tenant_id
            WHERE @chain::integer IS NULL OR chain.tenant_id = @chain
            ORDER BY 1
            """;
        var none = new string('0', 64);
        var rows = await connection.QueryAsync<(
            int Tenant,
            long FloorSeq,
            string? FloorHash,
            long HeadSeq,
            string? HeadHash
        )>(new CommandDefinition(sql, new { chain = chain?.Value }, cancellationToken: cancellationToken));
        return
        [
            .. rows.Select(row => new ChainEnds(
                new TenantId(row.Tenant),
                row.FloorSeq,
                row.FloorHash ?? none,
                row.HeadSeq,
                row.HeadHash ?? none
            )),
        ];
    }
}

/// <summary>How a chain was found.</summary>
/// <param name="Chain">Whose; tenant 0: the operator's.</param>
/// <param name="Good">How many rows are as they were written, from the first on.</param>
/// <param name="LastSeq">The last good row.</param>
/// <param name="LastHash">Its hash, to be compared with what was written down elsewhere.</param>
/// <param name="Fault">The first thing wrong; null: nothing is.</param>
public sealed record ChainStanding(TenantId Chain, long Good, long LastSeq, string LastHash, ChainFault? Fault)
{
    /// <summary>A line for people.</summary>
    public override string ToString() =>
        Fault is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"chain {Chain}: {Good} rows good, last {LastSeq} sha256:{LastHash}"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"chain {Chain}: {Good} rows good up to {LastSeq}; row {Fault.Seq} {Fault.Kind}: {Fault.What}"
            );
}
