using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>Begins, recognises and ends the sessions of people.</summary>
public sealed class SessionDesk(PostgresDoors doors, IOptions<SignInOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long a second factor is waited for.</summary>
    private static readonly TimeSpan CodeWithin = TimeSpan.FromMinutes(10);

    /// <summary>Begins a session; a person with a second factor gets one that awaits its code.</summary>
    public async Task<OpenSession> BeginAsync(
        PersonId person,
        string method,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        var awaitsCode = await work.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT EXISTS (SELECT FROM tenancy.totp WHERE confirmed_at IS NOT NULL)",
                transaction: work.Transaction,
                cancellationToken: cancellationToken
            )
        );
        var session = await InsertAsync(work, person, (method, awaitsCode), visitor, cancellationToken);
        await work.TellAsync(person, "session.begun", visitor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return session;
    }

    /// <summary>Who holds this token; null when the session is unknown, ended, idle for too long or revoked.</summary>
    public async Task<OpenSession?> RecogniseAsync(string? token, CancellationToken cancellationToken)
    {
        if (SecretToken.TryHash(token) is not { } hash)
        {
            return null;
        }

        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row?>(
            new CommandDefinition(
                """
                SELECT session_id AS SessionId, person_id AS Person, awaits_code AS AwaitsCode, method AS Method, seen_at AS SeenAt
                FROM tenancy.find_session(@hash, @at)
                """,
                new { hash, at = clock.GetUtcNow() },
                cancellationToken: cancellationToken
            )
        );
        return row is null ? null : await NotedAsync(row, token!, cancellationToken);
    }

    /// <summary>Puts another session in the place of one, under another token: whoever knew the old one has nothing. Done whenever somebody may do more than before.</summary>
    public async Task<OpenSession> RotateAsync(
        OpenSession session,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        await using var work = await doors.OpenAsync(session.Person, tenant: null, cancellationToken);
        await EndAsync(work, session.SessionId, cancellationToken);
        var next = await InsertAsync(work, session.Person, (session.Method, false), visitor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return next;
    }

    /// <summary>The person's own sessions, the newest use first.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        var rows = await work.Connection.QueryAsync<ListedRow>(
            work.Command(
                """
                SELECT session_id AS SessionId, method AS Method, made_at AS MadeAt, seen_at AS SeenAt, address AS Address, agent AS Agent
                FROM tenancy.session WHERE NOT awaits_code AND expires_at > @at AND idle_until > @at
                ORDER BY seen_at DESC, session_id DESC LIMIT 100
                """,
                new { at = clock.GetUtcNow() },
                cancellationToken
            )
        );
        return [.. rows.Select(row => row.ToListed())];
    }

    /// <summary>Ends one session of the person; another one's is not there for her.</summary>
    public async Task RevokeAsync(PersonId person, long sessionId, CancellationToken cancellationToken)
    {
        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        await EndAsync(work, sessionId, cancellationToken);
        await work.TellAsync(person, "session.ended", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    /// <summary>Ends all sessions of the person but one; null: that one too.</summary>
    public async Task RevokeAllAsync(PersonId person, long? but, CancellationToken cancellationToken)
    {
        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        await work.Connection.ExecuteAsync(
            work.Command(
                "DELETE FROM tenancy.session WHERE @but::bigint IS NULL OR session_id <> @but",
                new { but },
                cancellationToken
            )
        );
        await work.TellAsync(person, "session.others_ended", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    private static Task EndAsync(TenantSession work, long sessionId, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(
            work.Command(
                "DELETE FROM tenancy.session WHERE session_id = @sessionId",
                new { sessionId },
                cancellationToken
            )
        );

    private async Task<OpenSession> InsertAsync(
        TenantSession work,
        PersonId person,
        (string Method, bool AwaitsCode) kind,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            DELETE FROM tenancy.session WHERE expires_at <= @at OR idle_until <= @at;
            INSERT INTO tenancy.session (person_id, token_hash, awaits_code, method, made_at, seen_at, idle_until, expires_at, address, agent)
            VALUES (@person, @hash, @awaitsCode, @method, @at, @at, @idle, @ends, @address, @agent)
            RETURNING session_id
            """;
        var now = clock.GetUtcNow();
        var token = SecretToken.New();
        var values = new
        {
            person = person.Value,
            hash = SecretToken.Hash(token),
            awaitsCode = kind.AwaitsCode,
            method = kind.Method,
            at = now,
            idle = now + (kind.AwaitsCode ? CodeWithin : options.Value.SessionIdle),
            ends = now + (kind.AwaitsCode ? CodeWithin : options.Value.SessionLife),
            address = visitor.Address,
            agent = visitor.Agent,
        };
        var sessionId = await work.Connection.ExecuteScalarAsync<long>(work.Command(sql, values, cancellationToken));
        return new OpenSession(sessionId, person, kind.AwaitsCode, kind.Method, token);
    }

    /// <summary>Notes, at most once a minute, that the session was used: it is idle from then on.</summary>
    private async Task<OpenSession> NotedAsync(Row row, string token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var person = new PersonId(row.Person);
        if (!row.AwaitsCode && now - new DateTimeOffset(row.SeenAt, TimeSpan.Zero) >= UseIsNotedEvery)
        {
            await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
            await work.Connection.ExecuteAsync(
                work.Command(
                    "UPDATE tenancy.session SET seen_at = @now, idle_until = @idle WHERE session_id = @id",
                    new
                    {
                        now,
                        idle = now + options.Value.SessionIdle,
                        id = row.SessionId,
                    },
                    cancellationToken
                )
            );
            await work.CommitAsync(cancellationToken);
        }

        return new OpenSession(row.SessionId, person, row.AwaitsCode, row.Method, token);
    }

    private sealed record Row(long SessionId, int Person, bool AwaitsCode, string Method, DateTime SeenAt);

    private sealed record ListedRow(
        long SessionId,
        string Method,
        DateTime MadeAt,
        DateTime SeenAt,
        string Address,
        string Agent
    )
    {
        public ListedSession ToListed() =>
            new(
                SessionId,
                Method,
                new DateTimeOffset(MadeAt, TimeSpan.Zero),
                new DateTimeOffset(SeenAt, TimeSpan.Zero),
                Address,
                Agent
            );
    }
}
