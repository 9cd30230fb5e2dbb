using System.Text.Json;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Sinks with their secrets opened, for the worker that is about to send. For nobody else: the web role has no right to a sealed byte.</summary>
internal sealed class SinkSecrets(PostgresDoors doors, ThingVault vault)
{
    /// <summary>What a sink is called in the vault.</summary>
    public const string Thing = "sink";

    /// <summary>The two slots of the keys that messages are signed with: while one is renewed the other stays good.</summary>
    private static readonly string[] KeySlots = ["sink_key_a", "sink_key_b"];

    /// <summary>
    /// The sinks of these numbers, each of the tenant it is asked for, in one look for all. One that is another tenant's, or does not exist,
    /// is missing; one whose secret cannot be opened now has none, and its kind answers "later".
    /// </summary>
    public async Task<IReadOnlyDictionary<(TenantId Tenant, int SinkId), SinkAtHand>> OpenAsync(
        IReadOnlyCollection<(TenantId Tenant, int SinkId)> sinks,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(sinks);
        if (sinks.Count == 0)
        {
            return new Dictionary<(TenantId, int), SinkAtHand>();
        }

        var wanted = sinks.ToHashSet();
        var rows = (await ReadAsync(wanted, cancellationToken)).Where(row => wanted.Contains(row.Key)).ToList();
        var places = rows.SelectMany(row => PlacesOf(row.Key.Tenant, row.SinkId)).ToList();
        var secrets = await vault.OpenAsync(places, cancellationToken);
        return rows.ToDictionary(
            row => row.Key,
            row =>
                row.AtHand([.. PlacesOf(row.Key.Tenant, row.SinkId).Select(place => secrets.GetValueOrDefault(place))])
        );
    }

    /// <summary>Where a sink's secret belongs.</summary>
    public static ThingPlace PlaceOf(TenantId tenant, int sink) => new(tenant, Thing, sink);

    /// <summary>Where its key of a slot belongs, 0 or 1.</summary>
    public static ThingPlace KeyPlaceOf(TenantId tenant, int sink, int slot) => new(tenant, KeySlots[slot], sink);

    /// <summary>Everything that a sink may have in the vault: the secret, then the keys.</summary>
    public static IReadOnlyList<ThingPlace> PlacesOf(TenantId tenant, int sink) =>
        [PlaceOf(tenant, sink), .. KeySlots.Select(slot => new ThingPlace(tenant, slot, sink))];

    private async Task<IEnumerable<Row>> ReadAsync(
        HashSet<(TenantId Tenant, int SinkId)> wanted,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT tenant_id AS Tenant, sink_id AS SinkId, kind AS Kind, name AS Name, settings::text AS Settings,
                verified_at IS NOT NULL AND disabled_at IS NULL AS IsUsable
            FROM alerting.sink WHERE sink_id = ANY(@ids)
            """;
        var ids = wanted.Select(sink => sink.SinkId).ToArray();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { ids }, cancellationToken: cancellationToken)
        );
    }

    private sealed record Row(int Tenant, int SinkId, short Kind, string Name, string Settings, bool IsUsable)
    {
        public (TenantId Tenant, int SinkId) Key => (new TenantId(Tenant), SinkId);

        public SinkAtHand AtHand(IReadOnlyList<byte[]?> secrets)
        {
            using var settings = JsonDocument.Parse(Settings);
            return new(Key.Tenant, SinkId, (SinkKind)Kind, Name, settings.RootElement.Clone(), secrets[0])
            {
                IsUsable = IsUsable,
                Keys = [.. secrets.Skip(1)],
            };
        }
    }
}
