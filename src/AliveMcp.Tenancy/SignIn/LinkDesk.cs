using System.Security.Cryptography;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Sign-in by a link in a mail: asked for, looked at, used once.</summary>
public sealed class LinkDesk
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    private readonly PostgresDoors _doors;
    private readonly Attempts _attempts;
    private readonly SignInLetters _letters;
    private readonly SignInOptions _options;
    private readonly TimeProvider _clock;

    internal LinkDesk(
        PostgresDoors doors,
        Attempts attempts,
        SignInLetters letters,
        IOptions<SignInOptions> options,
        TimeProvider clock
    ) => (_doors, _attempts, _letters, _options, _clock) = (doors, attempts, letters, options.Value, clock);

    /// <summary>
    /// Sends a link if the address may come in. Whether it may is not told: the same is done and answered for every address.
    /// </summary>
    /// <param name="typed">The address as typed.</param>
    /// <param name="by">The browser's secret, and where to go afterwards; see <see cref="NextPath"/>.</param>
    /// <param name="origin">What the link begins with.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    /// <returns>Null: said yes. Else what is wrong with the asking itself, which says nothing about the address.</returns>
    public async Task<Problem?> AskAsync(
        string? typed,
        (string Browser, string NextPath) by,
        Uri origin,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (!EmailAddress.TryParse(typed, out var email))
        {
            return SignInProblems.NoEmail;
        }

        if (!await _attempts.MayAsync(AttemptLimit.LinksFromAddress, visitor.Network, cancellationToken))
        {
            return SignInProblems.TooMany;
        }

        // Counted for every address alike; over the limit the same is done, and no letter goes out.
        var mayMail = await _attempts.MayAsync(AttemptLimit.LinksToEmail, email.Text, cancellationToken);
        var token = SecretToken.New();
        var known = await KeepAsync(email, token, by, cancellationToken);
        var mayEnter = known.IsKnown || known.IsInvited || _options.OpenRegistration;
        _letters.Send(
            email,
            new Uri(origin, $"/sign-in/confirm?token={token}"),
            mayMail && mayEnter,
            known.IsInstallOwner
        );
        return null;
    }

    /// <summary>What a link would do; it stays good. Mail scanners open links, so that opening one does nothing.</summary>
    /// <returns>Null when it is not good.</returns>
    public async Task<LinkOnHand?> LookAsync(
        string? token,
        string? browser,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (await _attempts.HashOfAsync(token, visitor, cancellationToken) is not { } hash)
        {
            return null;
        }

        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<LinkRow?>(
            new CommandDefinition(
                "SELECT kind AS Kind, email AS Email, browser_hash AS Browser FROM tenancy.look_link(@hash, @at)",
                new { hash, at = _clock.GetUtcNow() },
                cancellationToken: cancellationToken
            )
        );
        var isThis =
            browser is not null
            && row?.Browser is { } asked
            && CryptographicOperations.FixedTimeEquals(asked, SecretToken.Hash(browser));
        return row is null ? null : new LinkOnHand(row.Kind == "owner", row.Email, isThis);
    }

    /// <summary>Uses a link up. Of two at once, one is told that it is gone.</summary>
    public async Task<Result<EnteredPerson>> EnterAsync(
        string? token,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (!await _attempts.MayAsync(AttemptLimit.TokensFromAddress, visitor.Network, cancellationToken))
        {
            return SignInProblems.TooMany;
        }

        if (SecretToken.TryHash(token) is not { } hash)
        {
            return SignInProblems.LinkGone;
        }

        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<EnteredRow?>(
            new CommandDefinition(
                "SELECT entered AS Person, next_path AS NextPath FROM tenancy.enter_by_link(@hash, @at, @mayRegister)",
                new
                {
                    hash,
                    at = _clock.GetUtcNow(),
                    mayRegister = _options.OpenRegistration,
                },
                cancellationToken: cancellationToken
            )
        );
        return row switch
        {
            null => SignInProblems.LinkGone,
            { Person: { } person } => new EnteredPerson(new PersonId(person), row.NextPath),
            _ => SignInProblems.MayNotEnter,
        };
    }

    private async Task<KnownRow> KeepAsync(
        EmailAddress email,
        string token,
        (string Browser, string NextPath) by,
        CancellationToken cancellationToken
    )
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<KnownRow>(
            new CommandDefinition(
                """
                SELECT is_known AS IsKnown, is_invited AS IsInvited, is_install_owner AS IsInstallOwner
                FROM tenancy.make_link(@hash, @email, @browser, @path, @now, @ends)
                """,
                new
                {
                    hash = SecretToken.Hash(token),
                    email = email.Text,
                    browser = SecretToken.Hash(by.Browser),
                    path = NextPath.Of(by.NextPath),
                    now,
                    ends = now + GoodFor,
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private sealed record KnownRow(bool IsKnown, bool IsInvited, bool IsInstallOwner);

    private sealed record LinkRow(string Kind, string? Email, byte[]? Browser);

    private sealed record EnteredRow(int? Person, string NextPath);
}
