using System.Text;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Where goes what cannot be kept as it is: with its reason, its bytes and a time to come back, so that nothing waits for it.</summary>
internal static class SetAside
{
    /// <summary>Name of the source of sealed minutes; what stands aside from it is tried again.</summary>
    public const string Log = "log";

    /// <summary>Name of the source of outbox records; they are kept for an operator.</summary>
    public const string Outbox = "outbox";

    public static Task AddAsync(
        NpgsqlTransaction transaction,
        PoisonedMinute poisoned,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            transaction,
            new Row(
                Log,
                poisoned.Minute.Member,
                poisoned.Minute.Server.Value,
                poisoned.Reason,
                poisoned.Minute.Packed ?? []
            ),
            cancellationToken
        );

    public static Task AddAsync(
        NpgsqlTransaction transaction,
        string record,
        string reason,
        CancellationToken cancellationToken
    ) => AddAsync(transaction, new Row(Outbox, record, 0, reason, Encoding.UTF8.GetBytes(record)), cancellationToken);

    private static Task AddAsync(NpgsqlTransaction transaction, Row row, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO archive.set_aside (source, member, member_hash, server_id, reason, packed, come_back_at)
            VALUES (@Source, @Member, sha256(convert_to(@Member, 'UTF8')), @ServerId, @Reason, @Packed, now() + interval '10 minutes')
            ON CONFLICT (source, member_hash) DO UPDATE
            SET attempts = set_aside.attempts + 1, reason = excluded.reason, packed = excluded.packed,
                come_back_at = now() + least(set_aside.attempts, 144) * interval '10 minutes'
            """;
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, row, transaction, cancellationToken: cancellationToken)
        );
    }

    private sealed record Row(string Source, string Member, int ServerId, string Reason, byte[] Packed);
}

/// <summary>A sealed minute that could not be kept, and why.</summary>
internal sealed record PoisonedMinute(SealedMinute Minute, string Reason);
