using System.Security.Cryptography;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>The second factor: set up, asked for, taken off.</summary>
public sealed class CodeDesk
{
    private readonly PostgresDoors _doors;
    private readonly Attempts _attempts;
    private readonly TotpSeal _seal;
    private readonly TimeProvider _clock;

    internal CodeDesk(PostgresDoors doors, Attempts attempts, TotpSeal seal, TimeProvider clock) =>
        (_doors, _attempts, _seal, _clock) = (doors, attempts, seal, clock);

    /// <summary>How it stands now.</summary>
    public async Task<SecondFactor> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var row = await work.Connection.QuerySingleAsync<(bool IsOn, long Left)>(
            work.Command(
                """
                SELECT EXISTS (SELECT FROM tenancy.totp WHERE confirmed_at IS NOT NULL),
                    (SELECT count(*) FROM tenancy.recovery_code WHERE used_at IS NULL)
                """,
                null,
                cancellationToken
            )
        );
        return new SecondFactor(row.IsOn, (int)row.Left);
    }

    /// <summary>A new secret, or the one that waits for its first code; null when the second factor is on already.</summary>
    public async Task<Enrolment?> EnrolAsync(PersonId person, string account, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        await work.Connection.ExecuteAsync(
            work.Command(
                "INSERT INTO tenancy.totp (person_id, sealed) VALUES (@person, @box) ON CONFLICT DO NOTHING",
                new { person = person.Value, box = await _seal.CloseAsync(person, secret, cancellationToken) },
                cancellationToken
            )
        );
        var kept = await work.Connection.QuerySingleAsync<KeptRow>(work.Command(Kept, null, cancellationToken));
        await work.CommitAsync(cancellationToken);
        if (kept.IsOn)
        {
            return null;
        }

        var opened = await _seal.OpenAsync(person, kept.Box, cancellationToken);
        return new Enrolment(Totp.Uri(opened, account), Totp.Spell(opened));
    }

    /// <summary>Turns it on by its first code and gives the recovery codes out, once.</summary>
    public async Task<Result<string[]>> TurnOnAsync(PersonId person, string? code, CancellationToken cancellationToken)
    {
        if (!await _attempts.MayAsync(AttemptLimit.CodesOfPerson, person.ToString(), cancellationToken))
        {
            return SignInProblems.TooMany;
        }

        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        if (!await TakeTotpAsync(work, person, (code ?? "", IsOn: false), cancellationToken))
        {
            return SignInProblems.CodeRefused;
        }

        await work.Connection.ExecuteAsync(
            work.Command(
                "UPDATE tenancy.totp SET confirmed_at = @at",
                new { at = _clock.GetUtcNow() },
                cancellationToken
            )
        );
        var codes = await ReplaceCodesAsync(work, person, cancellationToken);
        await work.TellAsync(person, "factor.turned_on", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Takes a code of the app or a recovery code; each is good once.</summary>
    public async Task<Problem?> CheckAsync(
        PersonId person,
        string? code,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var mayTry =
            await _attempts.MayAsync(AttemptLimit.CodesOfPerson, person.ToString(), cancellationToken)
            && await _attempts.MayAsync(AttemptLimit.CodesFromAddress, visitor.Network, cancellationToken);
        if (!mayTry)
        {
            return SignInProblems.TooMany;
        }

        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var used =
            await TakeTotpAsync(work, person, (code ?? "", IsOn: true), cancellationToken) ? "factor.code_used"
            : await TakeRecoveryAsync(work, code ?? "", cancellationToken) ? "factor.recovery_code_used"
            : null;
        if (used is null)
        {
            return SignInProblems.CodeRefused;
        }

        await work.TellAsync(person, used, visitor, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>New recovery codes in the place of all older ones.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        var codes = await ReplaceCodesAsync(work, person, cancellationToken);
        await work.TellAsync(person, "factor.codes_renewed", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Takes it off. The caller has checked a code.</summary>
    public async Task TurnOffAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var work = await _doors.OpenAsync(person, tenant: null, cancellationToken);
        await work.Connection.ExecuteAsync(
            work.Command("DELETE FROM tenancy.totp; DELETE FROM tenancy.recovery_code", null, cancellationToken)
        );
        await work.TellAsync(person, "factor.turned_off", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    private const string Kept =
        "SELECT sealed AS Box, confirmed_at IS NOT NULL AS IsOn, last_step AS LastStep FROM tenancy.totp FOR UPDATE";

    /// <summary>Two who bring the same code at once wait for each other at the row; the second finds its step taken.</summary>
    private async Task<bool> TakeTotpAsync(
        TenantSession work,
        PersonId person,
        (string Text, bool IsOn) code,
        CancellationToken cancellationToken
    )
    {
        var kept = await work.Connection.QuerySingleOrDefaultAsync<KeptRow?>(
            work.Command(Kept, null, cancellationToken)
        );
        if (kept is null || kept.IsOn != code.IsOn)
        {
            return false;
        }

        var secret = await _seal.OpenAsync(person, kept.Box, cancellationToken);
        if (Totp.Match(secret, code.Text, _clock.GetUtcNow(), kept.LastStep) is not { } step)
        {
            return false;
        }

        await work.Connection.ExecuteAsync(
            work.Command("UPDATE tenancy.totp SET last_step = @step", new { step }, cancellationToken)
        );
        return true;
    }

    private async Task<bool> TakeRecoveryAsync(TenantSession work, string code, CancellationToken cancellationToken) =>
        RecoveryCode.TryHash(code) is { } hash
        && await work.Connection.ExecuteAsync(
            work.Command(
                "UPDATE tenancy.recovery_code SET used_at = @at WHERE code_hash = @hash AND used_at IS NULL",
                new { at = _clock.GetUtcNow(), hash },
                cancellationToken
            )
        ) == 1;

    private static async Task<string[]> ReplaceCodesAsync(
        TenantSession work,
        PersonId person,
        CancellationToken cancellationToken
    )
    {
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New()).ToArray();
        await work.Connection.ExecuteAsync(
            work.Command(
                """
                DELETE FROM tenancy.recovery_code;
                INSERT INTO tenancy.recovery_code (person_id, code_hash) SELECT @person, hash FROM unnest(@hashes) AS hash
                """,
                new { person = person.Value, hashes = codes.Select(code => RecoveryCode.TryHash(code)!).ToArray() },
                cancellationToken
            )
        );
        return codes;
    }

    private sealed record KeptRow(byte[] Box, bool IsOn, long LastStep);
}
