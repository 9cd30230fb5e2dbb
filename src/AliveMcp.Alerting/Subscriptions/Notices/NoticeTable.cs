using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>Notices and their deliveries as rows: what is to be told, and one of it being told.</summary>
internal sealed class NoticeTable(NpgsqlTransaction transaction, ToldTrouble trouble, DateTimeOffset now)
{
    private const string Trouble = $"""
        SELECT i.tenant_id AS Tenant, i.server_id AS Server, i.incident_id AS Incident, i.kind AS Kind, i.failure_reason AS Reason,
            i.summary AS Summary, i.started_at AS StartedAt, i.resolved_at AS ResolvedAt, s.public_slug AS Slug, s.name AS Name,
            s.origin AS Origin, coalesce(said.update_id, 0) AS SaidNumber, said.text AS SaidText, first.regions AS Regions,
            coalesce(n.notice_id, 0) AS Opening, coalesce(ending.is_unwatched, false) AS IsUnwatched
        FROM alerting.incident AS i
            JOIN servers.server AS s ON s.server_id = i.server_id AND s.visibility = 1 AND s.erase_asked_at IS NULL
            LEFT JOIN alerting.notice AS n ON n.incident_id = i.incident_id AND n.type = 1
            LEFT JOIN LATERAL (
                SELECT update_id, text FROM alerting.incident_update AS u
                WHERE u.incident_id = i.incident_id AND u.kind = 'said' ORDER BY update_id DESC LIMIT 1) AS said ON true
            LEFT JOIN LATERAL (
                SELECT (message -> 'regions')::text AS regions FROM alerting.alert AS a
                WHERE a.incident_id = i.incident_id ORDER BY alert_id LIMIT 1) AS first ON true
            LEFT JOIN LATERAL (
                SELECT text LIKE '% {IncidentWords.Unwatched}' AS is_unwatched FROM alerting.incident_update AS u
                WHERE u.incident_id = i.incident_id AND u.kind = 'resolved' ORDER BY update_id DESC LIMIT 1) AS ending ON true
        """;

    /// <summary>
    /// P4 is only written down, for visitors as for owners. What fails where a region of ours is ill, and nowhere else, is ours, and nobody is
    /// told that a server is down; it is left out here, so that what is held back takes no place of what is to be told.
    /// </summary>
    private const string Beginning =
        Trouble
        + """

            WHERE i.state <> 'resolved' AND i.kind = ANY (@kinds) AND i.severity < 4 AND i.started_at <= @begunBy
                AND i.opened_at > @openedAfter AND n.notice_id IS NULL
                AND (cardinality(@ill) = 0 OR NOT coalesce((
                    SELECT count(*) = 1 AND bool_and('region:' || (seen ->> 'region') = ANY (@ill))
                    FROM jsonb_array_elements(CASE jsonb_typeof(first.regions::jsonb) WHEN 'array' THEN first.regions::jsonb END) AS seen
                    WHERE seen ->> 'state' <> @live), false))
            ORDER BY i.incident_id LIMIT @most
            """;

    /// <summary>Not while the server fails in another way: "up again" would be wrong, and what comes next may be too short to be told.</summary>
    private const string Ended =
        Trouble
        + """

            WHERE n.lasts AND i.state = 'resolved' AND NOT EXISTS (
                SELECT FROM alerting.incident AS other
                WHERE other.server_id = i.server_id AND other.state <> 'resolved' AND other.kind IN (1, 2, 3) AND other.severity < 4)
            ORDER BY i.incident_id LIMIT @most
            """;

    private const string Spoken =
        Trouble
        + """

            WHERE n.lasts AND i.state <> 'resolved' AND said.update_id > n.heard AND n.told_at <= @before
            ORDER BY i.incident_id LIMIT @most
            """;

    public static async Task<IReadOnlyList<ToldTrouble>> BeginningAsync(
        NpgsqlConnection connection,
        NoticeWindow window,
        CancellationToken cancellationToken
    ) =>
        await ReadAsync(
            connection,
            Beginning,
            new
            {
                kinds = ToldIncidents.ToldKinds,
                begunBy = window.BegunBy,
                openedAfter = window.OpenedAfter,
                most = window.Most,
                ill = await OwnRegionsAsync(connection, cancellationToken),
                live = StateWords.Word(ServerState.Live),
            },
            cancellationToken
        );

    public static Task<IReadOnlyList<ToldTrouble>> EndedAsync(
        NpgsqlConnection connection,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(connection, Ended, new { most }, cancellationToken);

    /// <param name="connection">A worker's.</param>
    /// <param name="before">Whoever was told something since then waits.</param>
    /// <param name="most">At once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IReadOnlyList<ToldTrouble>> SaidAsync(
        NpgsqlConnection connection,
        DateTimeOffset before,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(connection, Spoken, new { before, most }, cancellationToken);

    /// <summary>Makes this notice ours to tell; false: another alerter has it.</summary>
    public async Task<bool> TakeAsync(NoticeType type, DateTimeOffset before, CancellationToken cancellationToken)
    {
        const string ended = "UPDATE alerting.notice SET lasts = false WHERE notice_id = @Opening AND lasts";
        const string said = """
            UPDATE alerting.notice SET heard = @SaidNumber, told_at = @now
            WHERE notice_id = @Opening AND lasts AND heard < @SaidNumber AND told_at <= @before
            """;
        // A beginning is taken by its own row, which is unique.
        return type == NoticeType.Began
            || await ExecuteAsync(
                type == NoticeType.Over ? ended : said,
                new
                {
                    trouble.Opening,
                    trouble.SaidNumber,
                    now,
                    before,
                },
                cancellationToken
            ) == 1;
    }

    /// <summary>Whether another trouble of the same server ended later and is still to be told: its end is the end of both.</summary>
    public async Task<bool> EndsLaterAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT EXISTS (
                SELECT FROM alerting.notice AS n JOIN alerting.incident AS i USING (incident_id)
                WHERE n.server_id = @Server AND n.lasts AND i.kind IN (1, 2, 3)
                    AND (i.resolved_at, i.incident_id) > (@ResolvedAt, @Incident))
            """;
        var values = new
        {
            trouble.Server,
            trouble.Incident,
            trouble.ResolvedAt,
        };
        return await transaction.Connection!.ExecuteScalarAsync<bool>(Command(sql, values, cancellationToken));
    }

    /// <summary>What nobody has in hand yet and nobody needs any more: at the end everything, before it older words.</summary>
    public Task WithdrawAsync(NoticeType type, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM alerting.notice_delivery AS d USING alerting.notice AS n
            WHERE d.incident_id = @Incident AND d.claim IS NULL AND n.notice_id = d.notice_id AND (@isOver OR n.type = 2)
            """;
        return type == NoticeType.Began
            ? Task.CompletedTask
            : ExecuteAsync(sql, new { trouble.Incident, isOver = type == NoticeType.Over }, cancellationToken);
    }

    /// <summary>Writes the notice and a delivery for everybody who hears of this server.</summary>
    public Task AddAsync(NoticeType type, AlertMessage message, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH made AS (
                INSERT INTO alerting.notice (tenant_id, server_id, incident_id, type, said, message, made_at, lasts, told_at, heard)
                VALUES (@Tenant, @Server, @Incident, @type, @said, @message::jsonb, @now, @begins, @now, @SaidNumber)
                ON CONFLICT DO NOTHING RETURNING notice_id)
            INSERT INTO alerting.notice_delivery (tenant_id, server_id, incident_id, notice_id, subscription_id, next_at, give_up_at)
            SELECT @Tenant, @Server, @Incident, made.notice_id, s.subscription_id, @now, @until
            FROM made JOIN alerting.subscription AS s
                ON s.server_id = @Server AND s.confirmed_at IS NOT NULL AND s.quiet_since IS NULL
            """;
        var values = new
        {
            trouble.Tenant,
            trouble.Server,
            trouble.Incident,
            trouble.SaidNumber,
            type = (short)type,
            said = type == NoticeType.Said ? trouble.SaidNumber : 0,
            message = AlertJson.Write(message),
            begins = type == NoticeType.Began,
            now,
            until = now + RetryPlan.Patience,
        };
        return ExecuteAsync(sql, values, cancellationToken);
    }

    /// <summary>Clusters whose cause is a region of ours.</summary>
    private static async Task<string[]> OwnRegionsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string sql = "SELECT cause FROM alerting.cluster WHERE closed_at IS NULL AND cause LIKE 'region:%'";
        var causes = await connection.QueryAsync<string>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        return [.. causes];
    }

    private static async Task<IReadOnlyList<ToldTrouble>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        object values,
        CancellationToken cancellationToken
    ) =>
        (
            await connection.QueryAsync<ToldTrouble>(
                new CommandDefinition(sql, values, cancellationToken: cancellationToken)
            )
        ).AsList();

    private Task<int> ExecuteAsync(string sql, object values, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(Command(sql, values, cancellationToken));

    private CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, transaction, cancellationToken: cancellationToken);
}

/// <summary>Which beginnings are told.</summary>
/// <param name="BegunBy">Those whose first bad minute is no younger.</param>
/// <param name="OpenedAfter">Those that are no older.</param>
/// <param name="Most">At once.</param>
internal sealed record NoticeWindow(DateTimeOffset BegunBy, DateTimeOffset OpenedAfter, int Most);
