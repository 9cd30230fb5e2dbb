using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Members;

/// <summary>Who is in the caller's tenant, and as what. Every change waits for others of the same tenant, so that two owners cannot remove each other at once.</summary>
public sealed class MemberDesk(PostgresDoors doors, Caller caller, Trail trail)
{
    private const string Members = """
        SELECT m.person_id AS Person, p.name AS Name, coalesce(min(e.email), '') AS Email, m.role AS Role, m.joined_at AS JoinedAt,
            m.managed_by IS NOT NULL AS IsByGroup
        FROM tenancy.membership AS m JOIN tenancy.person AS p USING (person_id) LEFT JOIN tenancy.person_email AS e USING (person_id)
        WHERE m.tenant_id = storage.tenant() AND (@person::integer IS NULL OR m.person_id = @person)
        GROUP BY m.person_id, p.name, m.role, m.joined_at, m.managed_by
        ORDER BY array_position(ARRAY['owner', 'admin', 'editor', 'viewer', 'billing'], m.role), lower(p.name), m.person_id
        """;

    /// <summary>All of them, owners first.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(CancellationToken cancellationToken)
    {
        await using var work = await OpenAsync(cancellationToken);
        return await ReadAsync(work, person: null, cancellationToken);
    }

    /// <summary>Makes a member something else.</summary>
    public Task<Problem?> ChangeRoleAsync(PersonId person, Role role, CancellationToken cancellationToken) =>
        ChangeAsync(
            person,
            (member, acting) =>
                member.IsByGroup ? MemberProblems.ByGroup
                : (member.Role == Role.Owner || role == Role.Owner) && acting != Role.Owner ? MemberProblems.OwnersOnly
                : null,
            role,
            cancellationToken
        );

    /// <summary>Puts a member out of the tenant.</summary>
    public Task<Problem?> RemoveAsync(PersonId person, CancellationToken cancellationToken) =>
        ChangeAsync(
            person,
            (member, acting) => member.Role == Role.Owner && acting != Role.Owner ? MemberProblems.OwnersOnly : null,
            role: null,
            cancellationToken
        );

    /// <summary>The caller leaves the tenant.</summary>
    public Task<Problem?> LeaveAsync(CancellationToken cancellationToken) =>
        caller.Person is { } self
            ? ChangeAsync(self, (_, _) => null, role: null, cancellationToken)
            : Task.FromResult<Problem?>(MemberProblems.NotFound);

    private async Task<Problem?> ChangeAsync(
        PersonId person,
        Func<Member, Role, Problem?> refuse,
        Role? role,
        CancellationToken cancellationToken
    )
    {
        await using var work = await OpenAsync(cancellationToken);
        await LockAsync(work, cancellationToken);
        if (await FindAsync(work, person, cancellationToken) is not { } member)
        {
            return MemberProblems.NotFound;
        }

        if (refuse(member, await ActingRoleAsync(work, cancellationToken)) is { } refused)
        {
            return refused;
        }

        if (member.Role == role)
        {
            return null;
        }

        if (member.Role == Role.Owner && await OwnersAsync(work, cancellationToken) < 2)
        {
            return MemberProblems.LastOwner;
        }

        await WriteAsync(work, member, role, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return null;
    }

    private async Task WriteAsync(TenantSession work, Member member, Role? role, CancellationToken cancellationToken)
    {
        var sql = role is null
            ? "DELETE FROM tenancy.membership WHERE tenant_id = storage.tenant() AND person_id = @person"
            : "UPDATE tenancy.membership SET role = @role WHERE tenant_id = storage.tenant() AND person_id = @person";
        var word = role is { } next ? PermissionWords.Word(next) : null;
        await work.Connection.ExecuteAsync(
            work.Command(sql, new { person = member.Person.Value, role = word }, cancellationToken)
        );
        await trail.TellAsync(
            work,
            caller.Tenant!.Value,
            new AuditEntry(role is null ? "member.removed" : "member.role_changed", "person", member.Person.ToString())
            {
                Before = new { role = PermissionWords.Word(member.Role) },
                After = word is null ? null : new { role = word },
            },
            cancellationToken
        );
    }

    /// <summary>A key has the say of an admin. A person's role is read here, behind the lock: it may have been taken a moment ago.</summary>
    private async Task<Role> ActingRoleAsync(TenantSession work, CancellationToken cancellationToken) =>
        caller.Person is { } self ? (await FindAsync(work, self, cancellationToken))?.Role ?? Role.Viewer : Role.Admin;

    private static async Task<Member?> FindAsync(
        TenantSession work,
        PersonId person,
        CancellationToken cancellationToken
    ) => (await ReadAsync(work, person, cancellationToken)).SingleOrDefault();

    private static async Task<IReadOnlyList<Member>> ReadAsync(
        TenantSession work,
        PersonId? person,
        CancellationToken cancellationToken
    )
    {
        var rows = await work.Connection.QueryAsync<Row>(
            work.Command(Members, new { person = person?.Value }, cancellationToken)
        );
        return [.. rows.Select(row => row.ToMember())];
    }

    private static Task<long> OwnersAsync(TenantSession work, CancellationToken cancellationToken) =>
        work.Connection.ExecuteScalarAsync<long>(
            work.Command(
                "SELECT count(*) FROM tenancy.membership WHERE tenant_id = storage.tenant() AND role = 'owner'",
                null,
                cancellationToken
            )
        );

    private Task<TenantSession> OpenAsync(CancellationToken cancellationToken) =>
        doors.OpenAsync(
            person: null,
            caller.Tenant ?? throw new InvalidOperationException("Nobody acts for a tenant here."),
            cancellationToken
        );

    /// <summary>The lock that the database's own guard of the last owner takes, too.</summary>
    private static Task LockAsync(TenantSession work, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(
            work.Command("SELECT pg_advisory_xact_lock(7119, storage.tenant())", null, cancellationToken)
        );

    private sealed record Row(int Person, string Name, string Email, string Role, DateTime JoinedAt, bool IsByGroup)
    {
        public Member ToMember() =>
            new(
                new PersonId(Person),
                SafeText.Of(Name, 120),
                SafeText.Of(Email, 254),
                PermissionWords.Roles[Role],
                new DateTimeOffset(JoinedAt, TimeSpan.Zero),
                IsByGroup
            );
    }
}
