using System.Data.Common;
using System.Text.Json;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Storage.Audit;

/// <summary>
/// Writes audit rows in a transaction of explicit SQL; contexts have <c>RoomDb.Audit</c> for the same. A row takes the lock of its
/// tenant's chain until the transaction ends: write it last, and of several tenants in the order of their numbers.
/// </summary>
public sealed class AuditWriter(StateDigest digest)
{
    private const string Sql = """
        SELECT storage.write_audit(told.chain, @layer, @person, @key, told.action, told.kind, told.target, told.why, told.before,
            told.after, @name, @email, @address, @userAgent)
        FROM unnest(@chains, @actions, @kinds, @targets, @whys, @befores, @afters)
            AS told (chain, action, kind, target, why, before, after)
        """;

    /// <summary>The chain of acts that are no tenant's.</summary>
    public static TenantId OperatorChain { get; } = new(0);

    /// <summary>Appends one row to a chain; it is there when, and only if, the transaction commits.</summary>
    /// <param name="transaction">Of the change that the row tells of.</param>
    /// <param name="chain">Whose: the transaction acts for this tenant, or is a worker's; or <see cref="OperatorChain"/>.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="entry">What was done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WriteAsync(
        DbTransaction transaction,
        TenantId chain,
        Actor actor,
        AuditEntry entry,
        CancellationToken cancellationToken
    ) => WriteAsync(transaction, actor, [(chain, entry)], cancellationToken);

    /// <summary>Appends a row of an act that has no states to compare.</summary>
    /// <exception cref="InvalidOperationException">The entry has one.</exception>
    public static Task WriteActAsync(
        DbTransaction transaction,
        TenantId chain,
        Actor actor,
        AuditEntry entry,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            transaction,
            actor,
            [(chain, entry)],
            _ => throw new InvalidOperationException("A state is hashed by an instance."),
            cancellationToken
        );

    /// <summary>Appends rows in their order, in one statement.</summary>
    internal Task WriteAsync(
        DbTransaction transaction,
        Actor actor,
        IReadOnlyList<(TenantId Chain, AuditEntry Entry)> told,
        CancellationToken cancellationToken
    ) => WriteAsync(transaction, actor, told, digest, cancellationToken);

    private static async Task WriteAsync(
        DbTransaction transaction,
        Actor actor,
        IReadOnlyList<(TenantId Chain, AuditEntry Entry)> told,
        StateDigest digest,
        CancellationToken cancellationToken
    )
    {
        if (told.Count == 0)
        {
            return;
        }

        var values = new
        {
            layer = actor.Layer,
            person = actor.Person?.ToString(),
            key = actor.Key,
            name = Short(actor.Name, 200),
            email = Short(actor.Email, 320),
            address = Short(actor.Address, 64),
            userAgent = Short(actor.UserAgent, 300),
            chains = Column(told, row => row.Chain.Value),
            actions = Column(told, row => row.Entry.Action),
            kinds = Column(told, row => row.Entry.TargetKind),
            targets = Column(told, row => row.Entry.Target),
            whys = Column(told, row => Short(row.Entry.Why, 500)),
            befores = Column(told, row => Digest(row.Entry.Before, digest)),
            afters = Column(told, row => Digest(row.Entry.After, digest)),
        };
        await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    private static T[] Column<T>(
        IReadOnlyList<(TenantId Chain, AuditEntry Entry)> told,
        Func<(TenantId Chain, AuditEntry Entry), T> value
    ) => [.. told.Select(value)];

    private static byte[]? Digest(object? state, StateDigest digest) =>
        state is null ? null : digest(JsonSerializer.SerializeToUtf8Bytes(state, OutboxTopic.Json));

    /// <summary>Strangers choose some of these: whoever prints them later must not be tricked.</summary>
    private static string? Short(string? text, int most) =>
        string.IsNullOrWhiteSpace(text) ? null : SafeText.Of(text, most);
}
