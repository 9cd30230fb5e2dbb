using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Reads the audit trail, one chain at a time and in its name.</summary>
public sealed class AuditQueries(PostgresDoors doors)
{
    private const int Most = 1_000;

    private const string Sql = $"""
        {AuditSql.Select}
        WHERE link.tenant_id = @chain AND link.seq < @before
            AND (@from::timestamptz IS NULL OR link.at >= @from) AND (@to::timestamptz IS NULL OR link.at < @to)
            AND (@person::text IS NULL OR link.person = @person) AND (@key::integer IS NULL OR link.key_id = @key)
            AND (@action::text IS NULL OR link.action = @action OR starts_with(link.action, @action || '.'))
            AND (@kind::text IS NULL OR link.target_kind = @kind) AND (@target::text IS NULL OR link.target = @target)
        ORDER BY link.seq DESC LIMIT @take
        """;

    /// <summary>A page, the newest rows first.</summary>
    /// <param name="chain">A tenant's, or <see cref="Storage.Audit.AuditWriter.OperatorChain"/>. Who may read which is the caller's to know.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AuditPage> PageAsync(TenantId chain, AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var take = Math.Clamp(filter.Take, 1, Most);
        var values = new
        {
            chain = chain.Value,
            before = filter.Before ?? long.MaxValue,
            from = filter.From?.UtcDateTime,
            to = filter.To?.UtcDateTime,
            person = filter.Person,
            key = filter.Key,
            action = filter.Action,
            kind = filter.TargetKind,
            target = filter.Target,
            take,
        };
        await using var session = await doors.OpenAsync(chain, cancellationToken);
        var rows = await session.Connection.QueryAsync<AuditSql.Row>(session.Command(Sql, values, cancellationToken));
        var page = rows.Select(row => row.ToAuditLine()).ToList();
        return new AuditPage(page, page.Count == take ? page[^1].Seq : null);
    }
}
