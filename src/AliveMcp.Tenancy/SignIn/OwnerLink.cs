using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>The one-time link by which whoever starts an install becomes the owner of its tenant <c>local</c>.</summary>
public sealed class OwnerLink
{
    /// <summary>How long one is good; the next start makes another one while there is no owner.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    private readonly PostgresDoors _doors;
    private readonly Attempts _attempts;
    private readonly TimeProvider _clock;

    internal OwnerLink(PostgresDoors doors, Attempts attempts, TimeProvider clock) =>
        (_doors, _attempts, _clock) = (doors, attempts, clock);

    /// <summary>Makes the link while the install has no owner; earlier ones go out of use. For its own terminal, nobody else.</summary>
    /// <returns>Path and query; null: there is an owner.</returns>
    public async Task<string?> MakeAsync(CancellationToken cancellationToken)
    {
        var token = SecretToken.New();
        await using var connection = await _doors.App.OpenConnectionAsync(cancellationToken);
        var isMade = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT tenancy.make_owner_link(@hash, @ends)",
                new { hash = SecretToken.Hash(token), ends = _clock.GetUtcNow() + GoodFor },
                cancellationToken: cancellationToken
            )
        );
        return isMade ? $"/sign-in/owner?token={token}" : null;
    }

    /// <summary>Uses the link up: makes the person, or takes the one who is signed in, and makes her the owner.</summary>
    /// <param name="token">The link's.</param>
    /// <param name="typed">Her address as typed; not looked at when somebody is signed in.</param>
    /// <param name="acting">Who is signed in; null: nobody.</param>
    /// <param name="visitor">Who asks.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    public async Task<Result<EnteredPerson>> EnterAsync(
        string? token,
        string? typed,
        PersonId? acting,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var email = default(EmailAddress);
        if (acting is null && !EmailAddress.TryParse(typed, out email))
        {
            return SignInProblems.NoEmail;
        }

        if (!await _attempts.MayAsync(AttemptLimit.TokensFromAddress, visitor.Network, cancellationToken))
        {
            return SignInProblems.TooMany;
        }

        return SecretToken.TryHash(token) is { } hash
            ? await EnterAsync(hash, email.Text ?? "", acting, cancellationToken)
            : SignInProblems.LinkGone;
    }

    private async Task<Result<EnteredPerson>> EnterAsync(
        byte[] hash,
        string email,
        PersonId? acting,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var work = await _doors.OpenAsync(acting, tenant: null, cancellationToken);
            var entered = await work.Connection.ExecuteScalarAsync<int?>(
                work.Command(
                    "SELECT tenancy.enter_by_owner_link(@hash, @email, '', @at)",
                    new
                    {
                        hash,
                        email,
                        at = _clock.GetUtcNow(),
                    },
                    cancellationToken
                )
            );
            await work.CommitAsync(cancellationToken);
            return entered is { } person
                ? new EnteredPerson(new PersonId(person), NextPath.Home)
                : SignInProblems.LinkGone;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return SignInProblems.EmailTaken;
        }
    }
}
