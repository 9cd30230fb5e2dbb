using System.Text.RegularExpressions;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>The tenants of a person: which there are, and new ones.</summary>
public sealed partial class TenantDesk
{
    private const int LongestName = 80;

    private readonly PostgresDoors _doors;
    private readonly Attempts _attempts;
    private readonly AuditWriter _audit;
    private readonly SignInOptions _options;
    private readonly TimeProvider _clock;

    internal TenantDesk(
        PostgresDoors doors,
        Attempts attempts,
        AuditWriter audit,
        IOptions<SignInOptions> options,
        TimeProvider clock
    ) => (_doors, _attempts, _audit, _options, _clock) = (doors, attempts, audit, options.Value, clock);

    /// <summary>Those that the person is a member of, by name.</summary>
    public async Task<IReadOnlyList<OwnTenant>> OfAsync(PersonId person, CancellationToken cancellationToken) =>
        await ReadAsync(person, slug: null, cancellationToken);

    /// <summary>One of them by its slug; null when the person is no member of such a tenant.</summary>
    public async Task<OwnTenant?> FindAsync(PersonId person, string slug, CancellationToken cancellationToken) =>
        (await ReadAsync(person, slug, cancellationToken)).SingleOrDefault();

    /// <summary>Makes a tenant whose owner is the person.</summary>
    public async Task<Result<OwnTenant>> MakeAsync(
        PersonId person,
        (string? Slug, string? Name) wanted,
        (Visitor Visitor, Actor Actor) from,
        CancellationToken cancellationToken
    )
    {
        var slug = wanted.Slug?.Trim() ?? "";
        var name = wanted.Name?.Trim() ?? "";
        var problems = Problems(slug, name).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var mayTry =
            await _attempts.MayAsync(AttemptLimit.TenantsOfPerson, person.ToString(), cancellationToken)
            && await _attempts.MayAsync(AttemptLimit.TenantsFromAddress, from.Visitor.Network, cancellationToken);
        if (!mayTry)
        {
            return TenantProblems.TooMany;
        }

        try
        {
            return await MakeAsync(person, slug, name, from.Actor, cancellationToken) is { } made
                ? made
                : TenantProblems.Limit(_options.TenantsPerOwner);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TenantProblems.SlugTaken;
        }
    }

    private async Task<OwnTenant?> MakeAsync(
        PersonId person,
        string slug,
        string name,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = _clock.GetUtcNow();
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var made = await work.Connection.ExecuteScalarAsync<int?>(
            work.Command(
                "SELECT tenancy.make_tenant(@slug, @name, @plan, @now, @most)",
                new
                {
                    slug,
                    name,
                    plan = _options.NewTenantPlan,
                    now,
                    most = _options.TenantsPerOwner,
                },
                cancellationToken
            )
        );
        if (made is not { } number)
        {
            return null;
        }

        var tenant = new TenantId(number);
        await _audit.WriteAsync(
            work.Transaction,
            tenant,
            actor,
            new AuditEntry("tenant.made", "tenant", tenant.ToString())
            {
                After = new { slug, plan = _options.NewTenantPlan },
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        return new OwnTenant(
            tenant,
            slug,
            SafeText.Of(name, LongestName),
            Role.Owner,
            new TenantStanding(TenantStatus.Active, now, null)
        );
    }

    private async Task<IReadOnlyList<OwnTenant>> ReadAsync(
        PersonId person,
        string? slug,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT t.tenant_id AS Tenant, t.slug AS Slug, t.name AS Name, m.role AS Role, t.status AS Status, t.status_since AS Since,
                t.status_reason AS Reason
            FROM tenancy.membership AS m JOIN tenancy.tenant AS t USING (tenant_id)
            WHERE m.person_id = tenancy.acting_person() AND (@slug::text IS NULL OR t.slug = @slug)
            ORDER BY lower(t.name), t.tenant_id
            """;
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var rows = await work.Connection.QueryAsync<Row>(work.Command(sql, new { slug }, cancellationToken));
        return [.. rows.Select(row => row.ToTenant())];
    }

    private static IEnumerable<Problem> Problems(string slug, string name)
    {
        if (!Slug().IsMatch(slug))
        {
            yield return TenantProblems.SlugInvalid;
        }

        if (name.Length is 0 or > LongestName || SafeText.Of(name, LongestName) != name)
        {
            yield return TenantProblems.NameInvalid;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.None, 1000)]
    private static partial Regex Slug();

    private sealed record Row(
        int Tenant,
        string Slug,
        string Name,
        string Role,
        string Status,
        DateTime Since,
        string? Reason
    )
    {
        public OwnTenant ToTenant() =>
            new(
                new TenantId(Tenant),
                Slug,
                SafeText.Of(Name, LongestName),
                PermissionWords.Roles[Role],
                new TenantStanding(TenantStanding.Of(Status), new DateTimeOffset(Since, TimeSpan.Zero), Reason)
            );
    }
}
