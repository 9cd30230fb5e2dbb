using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Explain;

/// <summary>Reads what is kept of failures. Acts in the name of the server's tenant.</summary>
public sealed class EvidenceQueries(PostgresDoors postgres)
{
    private const string Columns = """
        SELECT evidence_id AS Id, minute AS Minute, region AS Region, state AS State, why AS Why, late AS Late, detail AS Detail,
            created_at AS KeptAt, body IS NOT NULL AS HasBody
        """;

    /// <summary>The newest first, without their bodies.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="before">Only older ones than this; null for the newest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<KeptEvidence>> PageAsync(
        ServerKey server,
        long? before,
        int most,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            server,
            $"""
            {Columns}, NULL::bytea AS Body FROM collector.evidence
            WHERE server_id = @server AND evidence_id < @id ORDER BY evidence_id DESC LIMIT @most
            """,
            before ?? long.MaxValue,
            most,
            cancellationToken
        );

    /// <summary>One piece with its body; null when the server has none of this number.</summary>
    public async Task<KeptEvidence?> FindAsync(ServerKey server, long id, CancellationToken cancellationToken)
    {
        const string sql =
            Columns
            + ", body AS Body FROM collector.evidence WHERE server_id = @server AND evidence_id = @id LIMIT @most";
        var found = await ReadAsync(server, sql, id, 1, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<KeptEvidence>> ReadAsync(
        ServerKey server,
        string sql,
        long id,
        int most,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            server = server.Server.Value,
            id,
            most,
        };
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, session.Transaction, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToEvidence())];
    }

    private sealed record Row(
        long Id,
        int Minute,
        string Region,
        short State,
        short Why,
        bool Late,
        string? Detail,
        DateTime KeptAt,
        bool HasBody,
        byte[]? Body
    )
    {
        public KeptEvidence ToEvidence() =>
            new()
            {
                Id = Id,
                Minute = new MinuteStamp(Minute),
                Region = Vocabulary.Region.Of(Region),
                State = (ServerState)State,
                Why = (Why)Why,
                Late = Late,
                Detail = Detail,
                KeptAt = new DateTimeOffset(KeptAt, TimeSpan.Zero),
                HasBody = HasBody,
                Body = Body is null ? null : new ReadOnlyMemory<byte>(Body),
            };
    }
}
