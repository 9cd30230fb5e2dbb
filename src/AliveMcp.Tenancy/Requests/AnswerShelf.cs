using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Requests;

/// <summary>Where answers are kept for a day, for all replicas, by tenant, caller and key. Whoever puts the row there first answers the request.</summary>
internal sealed class AnswerShelf(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>How long an answer is given again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A request that takes longer died with its process.</summary>
    private static readonly TimeSpan Working = TimeSpan.FromMinutes(2);

    /// <summary>Takes a place for a request that nobody made yet, or finds what became of it.</summary>
    /// <returns>Null: the place is the caller's, who answers and calls <see cref="KeepAsync"/> or <see cref="LeaveAsync"/>.</returns>
    public async Task<Shelved?> TakeAsync(Place place, byte[] requestHash, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM tenancy.kept_answer WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM tenancy.kept_answer WHERE claimed_at < @old LIMIT 20 FOR UPDATE SKIP LOCKED));
            INSERT INTO tenancy.kept_answer AS kept (tenant_id, caller, key_hash, request_hash, claimed_at)
            VALUES (@tenant, @caller, @key, @request, @now)
            ON CONFLICT (tenant_id, caller, key_hash) DO UPDATE SET claimed_at = @now, request_hash = @request, sealed = NULL
            WHERE kept.claimed_at < @old
                OR kept.claimed_at < @dead AND kept.sealed IS NULL AND kept.request_hash = @request
            RETURNING true;
            """;
        const string look = """
            SELECT request_hash AS RequestHash, sealed AS Sealed FROM tenancy.kept_answer
            WHERE tenant_id = @tenant AND caller = @caller AND key_hash = @key
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            tenant = place.Tenant.Value,
            caller = place.Caller,
            key = place.KeyHash,
            request = requestHash,
            now,
            old = now - Kept,
            dead = now - Working,
        };
        await using var session = await doors.OpenAsync(place.Tenant, cancellationToken);
        CommandDefinition Command(string text) =>
            new(text, values, session.Transaction, cancellationToken: cancellationToken);
        if (await session.Connection.ExecuteScalarAsync<bool?>(Command(sql)) is true)
        {
            await session.CommitAsync(cancellationToken);
            return null;
        }

        var found = await session.Connection.QuerySingleOrDefaultAsync<Row>(Command(look));
        return found is null
            ? new Shelved(IsSameRequest: true, Sealed: null)
            : new Shelved(found.RequestHash.AsSpan().SequenceEqual(requestHash), found.Sealed);
    }

    public Task KeepAsync(Place place, byte[] packed, CancellationToken cancellationToken) =>
        ChangeAsync(
            place,
            "UPDATE tenancy.kept_answer SET sealed = @packed WHERE tenant_id = @tenant AND caller = @caller AND key_hash = @key",
            packed,
            cancellationToken
        );

    /// <summary>Gives the place back: what happened is not worth keeping, and may be tried again.</summary>
    public Task LeaveAsync(Place place, CancellationToken cancellationToken) =>
        ChangeAsync(
            place,
            "DELETE FROM tenancy.kept_answer WHERE tenant_id = @tenant AND caller = @caller AND key_hash = @key AND sealed IS NULL",
            [],
            cancellationToken
        );

    private async Task ChangeAsync(Place place, string sql, byte[] packed, CancellationToken cancellationToken)
    {
        var values = new
        {
            tenant = place.Tenant.Value,
            caller = place.Caller,
            key = place.KeyHash,
            packed,
        };
        await using var session = await doors.OpenAsync(place.Tenant, cancellationToken);
        await session.Connection.ExecuteAsync(session.Command(sql, values, cancellationToken));
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public byte[] RequestHash { get; init; } = [];

        public byte[]? Sealed { get; init; }
    }
}

/// <summary>Where an answer is kept.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Caller">By whom it was asked: another of the same tenant has places of his own.</param>
/// <param name="KeyHash">SHA-256 of the key.</param>
internal sealed record Place(TenantId Tenant, string Caller, byte[] KeyHash);

/// <summary>What stands at a place.</summary>
/// <param name="IsSameRequest">Whether it is of the same request.</param>
/// <param name="Sealed">Null: it is being answered now.</param>
internal sealed record Shelved(bool IsSameRequest, byte[]? Sealed);
