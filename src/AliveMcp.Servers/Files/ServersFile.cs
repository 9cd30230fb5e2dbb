using System.Text;
using AliveMcp.Egress;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Servers.Files;

/// <summary>
/// The self-hosted way in: a file that says what is watched. What it lists is created or changed, what left it is paused (or erased on
/// request), all in one transaction; when anything about it is wrong, all of that is told at once and nothing happens.
/// </summary>
public sealed class ServersFile(IServiceScopeFactory scopes, TenantPlans plans, EgressGuard guard)
{
    /// <summary>Reads the file at <paramref name="path"/> and applies it.</summary>
    /// <returns>What was done, or every problem, each naming entry, field, value and what would be right.</returns>
    public async Task<Result<ApplyAnswer>> ApplyFileAsync(
        TenantId tenant,
        string path,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // Bytes bound the characters from above.
            if (new FileInfo(path).Length > FileReader.MaxLength * 4L)
            {
                return FileProblems.TooLarge;
            }

            var text = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
            var opened = options with { Secrets = options.Secrets ?? FileSecrets.Beside(path) };
            return await ApplyAsync(tenant, text, opened, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return FileProblems.Unreadable(path, fault.Message);
        }
    }

    /// <summary>Applies the text of a servers file, YAML or JSON, to the tenant's servers.</summary>
    /// <returns>What was done, or every problem, each naming entry, field, value and what would be right.</returns>
    public async Task<Result<ApplyAnswer>> ApplyAsync(
        TenantId tenant,
        string text,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var contents = FileReader.Read(text);
        var problems = contents.Problems.ToList();
        await using (var scope = scopes.CreateAsyncScope())
        {
            // Their form alone: what is taken is read again where it is taken.
            scope.ServiceProvider.GetRequiredService<FileParts>().Read(contents, options, problems);
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var changed = await ChangeAsync(tenant, contents, options, cancellationToken);
        return changed.TryGet(out var outcome) ? outcome.Answer : changed.Problems.ToList();
    }

    /// <summary>Brings the tenant's servers to what the entries say: the one way in which anything about them is changed.</summary>
    internal Task<Result<ChangeOutcome>> ChangeAsync(
        TenantId tenant,
        IReadOnlyList<FileEntry> entries,
        ApplyOptions options,
        CancellationToken cancellationToken
    ) => ChangeAsync(tenant, new FileContents(entries), options, cancellationToken);

    private async Task<Result<ChangeOutcome>> ChangeAsync(
        TenantId tenant,
        FileContents contents,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var entries = contents.Entries;
        var regions = await RegionsAsync(tenant, cancellationToken);
        List<Problem> refused =
        [
            .. regions is null ? [] : RegionRule.Check(entries, regions),
            .. options.TrustsAddresses ? [] : AddressRule.Check(RegionRule.FromOutside(entries, regions ?? []), guard),
        ];
        if (refused.Count > 0)
        {
            return refused;
        }

        var plan = await plans.OfAsync(tenant, cancellationToken);
        try
        {
            return await OnceAsync();
        }
        catch (DbUpdateException fault) when (IsTaken(fault))
        {
            // Another tenant took the same public slug between our look and our commit: the next look sees it.
            return await OnceAsync();
        }

        async Task<Result<ChangeOutcome>> OnceAsync()
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().Act(tenant);
            scope.ServiceProvider.GetRequiredService<ActorScope>().Act(options.By);
            var change = scope.ServiceProvider.GetRequiredService<CatalogueChange>();
            var done = await change.RunAsync(contents, plan, options, cancellationToken);
            return done.TryGet(out var answer) ? new ChangeOutcome(answer, change.Settled) : done.Problems.ToList();
        }
    }

    private async Task<IReadOnlyList<KnownRegion>?> RegionsAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<RegionNames>() is { } regions
            ? await regions.OfAsync(tenant, cancellationToken)
            : null;
    }

    private static bool IsTaken(DbUpdateException fault) =>
        fault.InnerException
            is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "server_public_slug" };
}

/// <summary>What a change came to.</summary>
/// <param name="Answer">All that was done.</param>
/// <param name="Settled">The only server that was named, as it is now; null when several were, or none is left.</param>
internal sealed record ChangeOutcome(ApplyAnswer Answer, SettledServer? Settled);
