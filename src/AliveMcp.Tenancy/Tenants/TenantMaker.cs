using System.Text.RegularExpressions;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Makes tenants at a terminal of the install: with a first key of the scope <c>admin</c>, and no person in it yet.</summary>
public sealed partial class TenantMaker(PostgresDoors doors, PlanTable plans, TimeProvider clock)
{
    private const int LongestName = 80;

    /// <param name="slug">1 to 63 of a-z, 0-9 and -.</param>
    /// <param name="name">What people call it; 1 to 80 characters.</param>
    /// <param name="plan">A plan of the plan table.</param>
    /// <param name="by">Who makes it, for the audit trail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key's token, told once; or what stands against it.</returns>
    public async Task<Result<string>> MakeAsync(
        string slug,
        string name,
        string plan,
        Actor by,
        CancellationToken cancellationToken
    )
    {
        if (Check(slug, name, plan) is { } problem)
        {
            return problem;
        }

        const string sql = """
            INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (nextval('tenancy.tenant_number'), @slug, @name, @plan)
            RETURNING tenant_id
            """;
        const string key = """
            INSERT INTO tenancy.api_key (tenant_id, prefix, secret_hash, name, scopes, created_at)
            VALUES (@tenant, @prefix, @hash, 'first', '{admin}', @now)
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string text, object values) =>
            new(text, values, transaction, cancellationToken: cancellationToken);
        int made;
        try
        {
            made = await connection.ExecuteScalarAsync<int>(
                Command(
                    sql,
                    new
                    {
                        slug,
                        name,
                        plan,
                    }
                )
            );
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Problem("tenant_taken", $"There is a tenant '{slug}' already.", "slug");
        }

        var token = ApiKeyToken.New();
        var values = new
        {
            tenant = made,
            prefix = token.Prefix,
            hash = token.Hash(),
            now = clock.GetUtcNow(),
        };
        await connection.ExecuteAsync(Command(key, values));
        var tenant = new TenantId(made);
        var entry = new AuditEntry("tenant.made", "tenant", tenant.ToString());
        await AuditWriter.WriteActAsync(transaction, tenant, by, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token.Text;
    }

    private Problem? Check(string slug, string name, string plan) =>
        !Slug().IsMatch(slug)
            ? new Problem("slug_invalid", $"'{SafeText.Of(slug, 80)}' is not 1 to 63 of a-z, 0-9 and -.", "slug")
        : name.Trim().Length is 0 or > LongestName || name.EnumerateRunes().Any(SafeText.IsUnsafe)
            ? new Problem("name_invalid", $"A name has 1 to {LongestName} characters that can be seen.", "name")
        : !plans.TryGet(plan, out _)
            ? new Problem("plan_invalid", $"There is no plan '{SafeText.Of(plan, 40)}' in plans.yaml.", "plan")
        : null;

    [GeneratedRegex(@"\A[a-z0-9-]{1,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Slug();
}
