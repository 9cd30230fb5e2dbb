using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Members;

/// <summary>Where somebody comes with the letter of an invitation.</summary>
public sealed class InvitationDoor
{
    private readonly PostgresDoors _doors;
    private readonly TenantPlans _plans;
    private readonly Attempts _attempts;
    private readonly AuditWriter _audit;
    private readonly TimeProvider _clock;

    internal InvitationDoor(
        PostgresDoors doors,
        TenantPlans plans,
        Attempts attempts,
        AuditWriter audit,
        TimeProvider clock
    ) => (_doors, _plans, _attempts, _audit, _clock) = (doors, plans, attempts, audit, clock);

    /// <summary>What the letter is about; null when its link is not good.</summary>
    public async Task<OpenInvitation?> LookAsync(string? token, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (await _attempts.HashOfAsync(token, visitor, cancellationToken) is not { } hash)
        {
            return null;
        }

        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row?>(
            new CommandDefinition(
                """
                SELECT tenant AS Tenant, slug AS Slug, tenant_name AS Name, email AS Email, role AS Role, is_known AS IsKnown
                FROM tenancy.find_invitation(@hash, @at)
                """,
                new { hash, at = _clock.GetUtcNow() },
                cancellationToken: cancellationToken
            )
        );
        return row?.ToInvitation();
    }

    /// <summary>Makes an account for an address that has none yet: the letter proves the address. It has joined nothing so far.</summary>
    /// <returns>Null: the address has an account, or the link is not good.</returns>
    public async Task<PersonId?> EnterAsync(string? token, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (await _attempts.HashOfAsync(token, visitor, cancellationToken) is not { } hash)
        {
            return null;
        }

        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var entered = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                "SELECT tenancy.enter_by_invitation(@hash, '', @at)",
                new { hash, at = _clock.GetUtcNow() },
                cancellationToken: cancellationToken
            )
        );
        return entered is { } person ? new PersonId(person) : null;
    }

    /// <summary>The person takes it up, if it is for one of her addresses and the plan has room. Of two who come at once for the last place, one is told that it is full.</summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="token">The letter's.</param>
    /// <param name="from">Where the request comes from, and the same person for the audit trail.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    public async Task<Result<OpenInvitation>> AcceptAsync(
        PersonId person,
        string? token,
        (Visitor Visitor, Actor Actor) from,
        CancellationToken cancellationToken
    )
    {
        if (await LookAsync(token, from.Visitor, cancellationToken) is not { } open)
        {
            return MemberProblems.InvitationNotFound;
        }

        var most = (await _plans.OfAsync(open.Tenant, cancellationToken)).Members;
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var outcome = await work.Connection.ExecuteScalarAsync<string>(
            work.Command(
                "SELECT outcome FROM tenancy.accept_invitation(@hash, @at, @most)",
                new
                {
                    hash = SecretToken.TryHash(token),
                    at = _clock.GetUtcNow(),
                    most,
                },
                cancellationToken
            )
        );
        if (outcome is "gone" or "full")
        {
            return outcome == "gone" ? MemberProblems.InvitationNotFound : MemberProblems.Full(most ?? 0);
        }

        if (outcome == "joined")
        {
            await _audit.WriteAsync(
                work.Transaction,
                open.Tenant,
                from.Actor,
                new AuditEntry("member.joined", "person", person.ToString())
                {
                    After = new { role = PermissionWords.Word(open.Role) },
                },
                cancellationToken
            );
        }

        await work.CommitAsync(cancellationToken);
        return open;
    }

    private sealed record Row(int Tenant, string Slug, string Name, string Email, string Role, bool IsKnown)
    {
        public OpenInvitation ToInvitation() =>
            new(
                new TenantId(Tenant),
                Slug,
                SafeText.Of(Name, 120),
                SafeText.Of(Email, 254),
                PermissionWords.Roles[Role],
                IsKnown
            );
    }
}
