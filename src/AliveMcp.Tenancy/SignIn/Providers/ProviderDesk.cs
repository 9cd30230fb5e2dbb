using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Sends people to a provider and takes them back.</summary>
public sealed partial class ProviderDesk
{
    private static readonly TimeSpan BackWithin = TimeSpan.FromMinutes(10);

    private readonly PostgresDoors _doors;
    private readonly Attempts _attempts;
    private readonly ProviderDirectory _providers;
    private readonly TimeProvider _clock;
    private readonly ILogger<ProviderDesk> _log;

    internal ProviderDesk(
        PostgresDoors doors,
        Attempts attempts,
        ProviderDirectory providers,
        TimeProvider clock,
        ILogger<ProviderDesk> log
    ) => (_doors, _attempts, _providers, _clock, _log) = (doors, attempts, providers, clock, log);

    /// <summary>Keys and names of the providers, in the order of their buttons.</summary>
    public IReadOnlyList<(string Key, string Name)> Offered =>
        [.. _providers.All.Select(one => (one.Key, one.DisplayName))];

    /// <summary>Where the browser goes; it may come back once, within ten minutes.</summary>
    /// <param name="key">Which provider.</param>
    /// <param name="by">The browser's secret, and where to go afterwards.</param>
    /// <param name="origin">Where we are.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    public async Task<Result<Uri>> BeginAsync(
        string key,
        (string Browser, string NextPath) by,
        Uri origin,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        if (_providers.Find(key) is not { } provider)
        {
            return SignInProblems.ProviderFailed;
        }

        ArgumentNullException.ThrowIfNull(visitor);
        if (!await _attempts.MayAsync(AttemptLimit.ProvidersFromAddress, visitor.Network, cancellationToken))
        {
            return SignInProblems.TooMany;
        }

        var state = SecretToken.New();
        try
        {
            var target = await provider.BeginAsync(
                new Pkce(by.Browser, state),
                state,
                CallbackOf(origin, key),
                cancellationToken
            );
            await KeepAsync(key, state, by, cancellationToken);
            return target;
        }
        catch (ProviderFaultException fault)
        {
            LogFailed(_log, key, SafeText.Of(fault.Message));
            return SignInProblems.ProviderFailed;
        }
    }

    /// <summary>Who came back. The state is used up whatever comes of it; it must be this browser's.</summary>
    public async Task<Result<EnteredPerson>> FinishAsync(
        string key,
        (string? Code, string? State) brought,
        string? browser,
        Uri origin,
        CancellationToken cancellationToken
    )
    {
        if (
            _providers.Find(key) is not { } provider
            || browser is null
            || SecretToken.TryHash(brought.State) is not { } hash
            || await TakeAsync(key, hash, browser, cancellationToken) is not { } nextPath
            || brought.Code is not { Length: > 0 and <= 2000 } code
        )
        {
            return SignInProblems.ProviderFailed;
        }

        try
        {
            var secrets = new Pkce(browser, brought.State!);
            var user = await provider.FinishAsync(secrets, code, CallbackOf(origin, key), cancellationToken);
            return await EnterAsync(user, provider.OpenRegistration, cancellationToken) is { } person
                ? new EnteredPerson(person, nextPath)
                : SignInProblems.MayNotEnter;
        }
        catch (ProviderFaultException fault)
        {
            LogFailed(_log, key, SafeText.Of(fault.Message));
            return SignInProblems.ProviderFailed;
        }
    }

    private static Uri CallbackOf(Uri origin, string key) => new(origin, $"/sign-in/callback/{key}");

    private async Task<PersonId?> EnterAsync(ProviderUser user, bool mayRegister, CancellationToken cancellationToken)
    {
        const string sql = "SELECT tenancy.enter_by_identity(@issuer, @subject, @email, @name, @at, @mayRegister)";
        var name = SafeText.Of(user.Name, 120);
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var entered = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                sql,
                new
                {
                    issuer = user.Issuer,
                    subject = user.Subject,
                    email = user.Email?.Text,
                    name,
                    at = _clock.GetUtcNow(),
                    // Whoever is in a bound group belongs here.
                    mayRegister = mayRegister || await IsBoundAsync(user, cancellationToken),
                },
                cancellationToken: cancellationToken
            )
        );
        if (entered is not { } number)
        {
            return null;
        }

        var person = new PersonId(number);
        await GiveGroupsAsync(person, user, cancellationToken);
        return person;
    }

    private async Task<bool> IsBoundAsync(ProviderUser user, CancellationToken cancellationToken)
    {
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT tenancy.has_bound_group(@issuer, @groups)",
                new { issuer = user.Issuer, groups = user.Groups.ToArray() },
                cancellationToken: cancellationToken
            )
        );
    }

    private async Task GiveGroupsAsync(PersonId person, ProviderUser user, CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var changes = await work.Connection.QueryAsync<(int Tenant, string? Was, string? IsNow)>(
            work.Command(
                "SELECT tenant, was, is_now FROM tenancy.apply_groups(@issuer, @groups, @at) ORDER BY tenant",
                new
                {
                    issuer = user.Issuer,
                    groups = user.Groups.ToArray(),
                    at = _clock.GetUtcNow(),
                },
                cancellationToken
            )
        );
        foreach (var (tenant, was, isNow) in changes)
        {
            var action =
                was is null ? "member.joined"
                : isNow is null ? "member.removed"
                : "member.role_changed";
            await work.TellOfTenantAsync(new TenantId(tenant), person, action, cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
    }

    private async Task KeepAsync(
        string key,
        string state,
        (string Browser, string NextPath) by,
        CancellationToken cancellationToken
    )
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT tenancy.make_try(@hash, @key, @browser, @path, @now, @ends)",
                new
                {
                    hash = SecretToken.Hash(state),
                    key,
                    browser = SecretToken.Hash(by.Browser),
                    path = NextPath.Of(by.NextPath),
                    now,
                    ends = now + BackWithin,
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private async Task<string?> TakeAsync(string key, byte[] hash, string browser, CancellationToken cancellationToken)
    {
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                "SELECT tenancy.take_try(@hash, @key, @browser, @at)",
                new
                {
                    hash,
                    key,
                    browser = SecretToken.Hash(browser),
                    at = _clock.GetUtcNow(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in by {Provider} failed: {Why}")]
    private static partial void LogFailed(ILogger log, string provider, string why);
}
