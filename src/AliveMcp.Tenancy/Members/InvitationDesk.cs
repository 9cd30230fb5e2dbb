using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Members;

/// <summary>Invitations of the caller's tenant: sent, listed, taken back. Taking one up is <see cref="InvitationDoor"/>'s.</summary>
public sealed class InvitationDesk
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    private readonly PostgresDoors _doors;
    private readonly Caller _caller;
    private readonly Trail _trail;
    private readonly (TenantPlans Plans, Attempts Attempts, SignInLetters Letters) _rules;
    private readonly TimeProvider _clock;

    internal InvitationDesk(
        PostgresDoors doors,
        Caller caller,
        Trail trail,
        (TenantPlans Plans, Attempts Attempts, SignInLetters Letters) rules,
        TimeProvider clock
    ) => (_doors, _caller, _trail, _rules, _clock) = (doors, caller, trail, rules, clock);

    private TenantId Tenant => _caller.Tenant ?? throw new InvalidOperationException("Nobody acts for a tenant here.");

    /// <summary>Those that are open, the newest first.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person: null, Tenant, cancellationToken);
        var rows = await work.Connection.QueryAsync<Row>(
            work.Command(
                """
                SELECT invitation_id AS InvitationId, email AS Email, role AS Role, expires_at AS ExpiresAt FROM tenancy.invitation
                WHERE tenant_id = storage.tenant() AND expires_at > @at ORDER BY made_at DESC, invitation_id DESC
                """,
                new { at = _clock.GetUtcNow() },
                cancellationToken
            )
        );
        return [.. rows.Select(row => row.ToInvitation())];
    }

    /// <summary>Invites an address. A second invitation to the same address replaces the first, whose link is dead from then on.</summary>
    /// <param name="typed">The address as typed.</param>
    /// <param name="role">As what.</param>
    /// <param name="origin">What the link begins with.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    public async Task<Result<IssuedInvitation>> InviteAsync(
        string? typed,
        Role role,
        Uri origin,
        CancellationToken cancellationToken
    )
    {
        if (!EmailAddress.TryParse(typed, out var email))
        {
            return MemberProblems.NoEmail;
        }

        if (!await _rules.Attempts.MayAsync(AttemptLimit.InvitationsOfTenant, Tenant.ToString(), cancellationToken))
        {
            return MemberProblems.TooManyInvitations;
        }

        var plan = await _rules.Plans.OfAsync(Tenant, cancellationToken);
        await using var work = await _doors.OpenAsync(person: null, Tenant, cancellationToken);
        var facts = await FactsAsync(work, email, cancellationToken);
        if (Refuse(facts, role, plan.Members) is { } refused)
        {
            return refused;
        }

        var token = SecretToken.New();
        var kept = await KeepAsync(work, email, role, token, cancellationToken);
        await work.CommitAsync(cancellationToken);
        var link = new Uri(origin, $"/invitation?token={token}");
        var isMailed = _rules.Letters.TryInvite(
            email,
            SafeText.Of(facts.TenantName, 80),
            facts.InviterName.Length > 0 ? SafeText.Of(facts.InviterName, 80) : "Somebody",
            link
        );
        return new IssuedInvitation(kept, isMailed ? null : link);
    }

    /// <summary>Takes an invitation back.</summary>
    public async Task<Problem?> RevokeAsync(int invitationId, CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person: null, Tenant, cancellationToken);
        var gone = await work.Connection.ExecuteAsync(
            work.Command(
                "DELETE FROM tenancy.invitation WHERE tenant_id = storage.tenant() AND invitation_id = @invitationId",
                new { invitationId },
                cancellationToken
            )
        );
        if (gone == 0)
        {
            return MemberProblems.InvitationNotFound;
        }

        await TellAsync(work, "invitation.revoked", invitationId, after: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Taken behind the lock of the tenant's members: what holds now holds until the commit.</summary>
    private async Task<Facts> FactsAsync(TenantSession work, EmailAddress email, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(
            work.Command("SELECT pg_advisory_xact_lock(7119, storage.tenant())", null, cancellationToken)
        );
        return await work.Connection.QuerySingleAsync<Facts>(
            work.Command(
                """
                SELECT t.name AS TenantName, coalesce(p.name, '') AS InviterName, m.role AS ActingRole,
                    EXISTS (SELECT FROM tenancy.person_email AS e JOIN tenancy.membership AS o USING (person_id)
                        WHERE e.email = @email AND o.tenant_id = t.tenant_id) AS IsMember,
                    (SELECT count(*) FROM tenancy.membership WHERE tenant_id = t.tenant_id) AS Members,
                    (SELECT count(*) FROM tenancy.invitation
                        WHERE tenant_id = t.tenant_id AND expires_at > @at AND email <> @email) AS Invited
                FROM tenancy.tenant AS t
                    LEFT JOIN tenancy.membership AS m ON m.tenant_id = t.tenant_id AND m.person_id = @self
                    LEFT JOIN tenancy.person AS p ON p.person_id = m.person_id
                WHERE t.tenant_id = storage.tenant()
                """,
                new
                {
                    email = email.Text,
                    at = _clock.GetUtcNow(),
                    self = _caller.Person?.Value ?? 0,
                },
                cancellationToken
            )
        );
    }

    private Problem? Refuse(Facts facts, Role role, int? most) =>
        facts.IsMember ? MemberProblems.Already
        : role == Role.Owner && (_caller.Person is null || facts.ActingRole != "owner") ? MemberProblems.OwnersOnly
        : most is { } room && facts.Members + facts.Invited >= room ? MemberProblems.Full(room)
        : null;

    private async Task<Invitation> KeepAsync(
        TenantSession work,
        EmailAddress email,
        Role role,
        string token,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            DELETE FROM tenancy.invitation WHERE tenant_id = storage.tenant() AND (email = @email OR expires_at <= @now);
            INSERT INTO tenancy.invitation (tenant_id, email, role, token_hash, invited_by, made_at, expires_at, is_mailed)
            VALUES (storage.tenant(), @email, @role, @hash, @self, @now, @ends, @isMailed)
            RETURNING invitation_id
            """;
        var now = _clock.GetUtcNow();
        var word = PermissionWords.Word(role);
        var values = new
        {
            email = email.Text,
            role = word,
            hash = SecretToken.Hash(token),
            self = _caller.Person?.Value ?? 0,
            now,
            ends = now + GoodFor,
            isMailed = _rules.Letters.GoOut,
        };
        var number = await work.Connection.ExecuteScalarAsync<int>(work.Command(sql, values, cancellationToken));
        await TellAsync(work, "invitation.sent", number, new { role = word }, cancellationToken);
        return new Invitation(number, email.Text, role, now + GoodFor);
    }

    private Task TellAsync(
        TenantSession work,
        string action,
        int invitationId,
        object? after,
        CancellationToken cancellationToken
    ) =>
        _trail.TellAsync(
            work,
            Tenant,
            new AuditEntry(action, "invitation", $"{invitationId}") { After = after },
            cancellationToken
        );

    private sealed record Facts(
        string TenantName,
        string InviterName,
        string? ActingRole,
        bool IsMember,
        long Members,
        long Invited
    );

    private sealed record Row(int InvitationId, string Email, string Role, DateTime ExpiresAt)
    {
        public Invitation ToInvitation() =>
            new(
                InvitationId,
                SafeText.Of(Email, 254),
                PermissionWords.Roles[Role],
                new DateTimeOffset(ExpiresAt, TimeSpan.Zero)
            );
    }
}
