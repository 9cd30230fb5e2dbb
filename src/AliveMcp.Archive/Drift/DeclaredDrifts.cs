using System.Text.Json;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Archive.Drift;

/// <summary>Reads what was declared of contracts. Acts in the name of the server's tenant.</summary>
public sealed class DeclaredDrifts(PostgresDoors doors)
{
    private const string Columns = """
        SELECT drift_id AS "Id", minute AS "Minute", kind AS "Kind", classes AS "Classes", from_hash AS "FromHash",
            to_hash AS "ToHash", changes::text AS "Changes", change_count AS "Count"
        FROM archive.contract_drift
        """;

    /// <summary>The newest of <c>@server</c> as <c>json</c>, a row each, for <see cref="OfJson"/>.</summary>
    internal const string NewestJson = $"""
        SELECT to_jsonb(d)::text AS json
        FROM ({Columns} WHERE server_id = @server ORDER BY minute DESC, drift_id DESC LIMIT @drifts) AS d
        """;

    /// <summary>The newest first.</summary>
    /// <param name="server">Whose contract.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<DeclaredDrift>> NewestAsync(
        ServerKey server,
        int most,
        CancellationToken cancellationToken
    ) => PageAsync(server, DriftPlace.Newest, most, cancellationToken);

    /// <summary>Those older than a place, the newest first.</summary>
    internal async Task<IReadOnlyList<DeclaredDrift>> PageAsync(
        ServerKey server,
        DriftPlace before,
        int most,
        CancellationToken cancellationToken
    )
    {
        const string sql =
            Columns
            + " WHERE server_id = @server AND (minute, drift_id) < (@minute, @id) ORDER BY minute DESC, drift_id DESC LIMIT @most";
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<Row>(
            session.Command(
                sql,
                new
                {
                    server = server.Server.Value,
                    minute = before.Minute.Value,
                    id = before.Id,
                    most,
                },
                cancellationToken
            )
        );
        return [.. rows.Select(row => row.ToDrift())];
    }

    /// <summary>Reads a row of <see cref="NewestJson"/>.</summary>
    internal static DeclaredDrift OfJson(string json) => JsonSerializer.Deserialize<Row>(json)!.ToDrift();

    private sealed class Row
    {
        public long Id { get; init; }
        public int Minute { get; init; }
        public short Kind { get; init; }
        public string[] Classes { get; init; } = [];
        public string FromHash { get; init; } = "";
        public string ToHash { get; init; } = "";
        public string Changes { get; init; } = "[]";
        public int Count { get; init; }

        public DeclaredDrift ToDrift() =>
            new()
            {
                Id = Id,
                Minute = new MinuteStamp(Minute),
                Kind = DriftWords.Word((DriftKind)Kind),
                Classes = Classes,
                FromHash = FromHash,
                ToHash = ToHash,
                Changes = JsonSerializer.Deserialize<List<PanelChange>>(Changes, OutboxTopic.Json)!,
                ChangeCount = Count,
            };
    }
}

/// <summary>Behind which declared change a page begins.</summary>
internal readonly record struct DriftPlace(MinuteStamp Minute, long Id)
{
    public static DriftPlace Newest { get; } = new(new MinuteStamp(int.MaxValue), long.MaxValue);
}
