using System.Text;
using System.Text.Json;
using AliveMcp.Storage.Outbox;
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
                poisoned.Minute.Packed?.ToArray() ?? []
            ),
            cancellationToken
        );

    public static Task AddAsync(
        NpgsqlTransaction transaction,
        OutboxRecord record,
        string reason,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            transaction,
            new Row(Outbox, record.Json, ServerOf(record), reason, Encoding.UTF8.GetBytes(record.Json))
            {
                ToldBy = record.Tenant.Value,
            },
            cancellationToken
        );

    /// <summary>Whose it is, as far as it can be read, so that it goes when its server does; 0 when it cannot.</summary>
    private static int ServerOf(OutboxRecord record)
    {
        try
        {
            using var read = JsonDocument.Parse(record.Json);
            return
                read.RootElement.ValueKind == JsonValueKind.Object
                && read.RootElement.TryGetProperty("server_id", out var number)
                && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt32(out var server)
                ? server
                : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static Task AddAsync(NpgsqlTransaction transaction, Row row, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO archive.set_aside (source, member, member_hash, server_id, told_by, reason, packed, come_back_at)
            VALUES (@Source, @Member, sha256(convert_to(@Member, 'UTF8')), @ServerId, @ToldBy, @Reason, @Packed, now() + interval '10 minutes')
            ON CONFLICT (source, member_hash) DO UPDATE
            SET attempts = set_aside.attempts + 1, reason = excluded.reason, packed = excluded.packed,
                come_back_at = now() + least(set_aside.attempts, 144) * interval '10 minutes'
            """;
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, row, transaction, cancellationToken: cancellationToken)
        );
    }

    private sealed record Row(string Source, string Member, int ServerId, string Reason, byte[] Packed)
    {
        public int? ToldBy { get; init; }
    }
}

/// <summary>A sealed minute that could not be kept, and why.</summary>
internal sealed record PoisonedMinute(SealedMinute Minute, string Reason);
